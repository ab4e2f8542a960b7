import asyncio, collections
import pytest, schemathesis, hypothesis
from hypothesis import HealthCheck, settings, Phase
from pydantic import SecretStr
from app.database import Database
from app.main import create_app
from app.settings import Settings
from app.editing.site.commands import ensure_site
from app.publishing import press
from tests.newsroom import key

PREF=("/site","/editions","/sections","/people","/topics","/collections","/schemas","/keys","/me")
@pytest.mark.timeout(900)
def test_fuzz(database_url):
    async def setup():
        db=Database(database_url, before_commit=press.settle)
        async with db.write() as s: await ensure_site(s)
        k=await key(db); await db.close(); return k
    k=asyncio.run(setup())
    app=create_app(Settings(_env_file=None,database_url=SecretStr(database_url),access_log=False))
    schema=schemathesis.openapi.from_asgi("/desk/openapi.json", app)
    seen=collections.Counter(); bad=[]
    for result in schema.get_all_operations():
        op=result.ok()
        path=op.path.replace("/desk","",1) if op.path.startswith("/desk/") else op.path
        if not path.startswith(PREF): continue
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            try: strat=op.as_strategy(generation_mode=mode)
            except Exception as e: print("nostrat",op.path,op.method,e); continue
            @settings(max_examples=40,deadline=None,suppress_health_check=list(HealthCheck),phases=[Phase.generate],database=None)
            @hypothesis.given(case=strat)
            def run(case):
                r=case.call(headers={"Authorization":f"Bearer {k}"})
                seen[op.method,op.path,r.status_code]+=1
                if r.status_code>=500: bad.append((op.method,op.path,case.as_curl_command()[:1500], r.text[:300]))
            try: run()
            except BaseException as e: print("EXC",op.method,op.path,type(e).__name__,str(e)[:300])
    for key_,n in sorted(seen.items(), key=str): print(key_,n)
    for b in bad[:10]: print("BAD",b)
    print("total",sum(seen.values()),"bad",len(bad))
