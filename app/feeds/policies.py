"""What schema.org calls the policies of a newsroom, by the kinds under which sites name them."""

PROPERTIES = {
    "bylines": "noBylinesPolicy",
    "corrections": "correctionsPolicy",
    "diversity": "diversityPolicy",
    "ethics": "ethicsPolicy",
    "feedback": "actionableFeedbackPolicy",
    "masthead": "masthead",
    "mission": "missionCoveragePrioritiesPolicy",
    "ownership": "ownershipFundingInfo",
    "principles": "publishingPrinciples",
    "staffing": "diversityStaffingReport",
    "unnamed-sources": "unnamedSourcesPolicy",
    "verification": "verificationFactCheckingPolicy",
}
"""Other kinds are the newsroom's own."""
