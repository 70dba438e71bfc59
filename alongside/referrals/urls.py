from django.urls import path

from alongside.referrals.views import duplicates, lists, offers, referral

app_name = "referrals"
ONE = "referrals/<uuid:referral_id>/"
urlpatterns = [
    path("schemes/<slug:scheme>/referrals/", lists.referrals, name="referrals"),
    path("schemes/<slug:scheme>/referrals/take/", referral.take_referral, name="take-referral"),
    path("schemes/<slug:scheme>/referrals/matches/", referral.matches, name="matches"),
    path("schemes/<slug:scheme>/waiting-list/", lists.waiting_list, name="waiting-list"),
    path("schemes/<slug:scheme>/beds/", lists.board, name="bed-board"),
    path("schemes/<slug:scheme>/duplicates/", duplicates.duplicates, name="duplicates"),
    path(
        "schemes/<slug:scheme>/duplicates/<uuid:proposal_id>/",
        duplicates.duplicate,
        name="duplicate",
    ),
    path(ONE, referral.referral, name="referral"),
    path(f"{ONE}screen/", referral.screen_referral, name="screen-referral"),
    path(f"{ONE}note/", referral.add_referral_note, name="add-referral-note"),
    path(f"{ONE}interview/", referral.hold_interview, name="hold-interview"),
    path(f"{ONE}decide/", referral.decide_referral, name="decide-referral"),
    path(f"{ONE}tell/", referral.communicate_decision, name="communicate-decision"),
    path(f"{ONE}send-on/", referral.redirect_referral, name="redirect-referral"),
    path(f"{ONE}offer/", offers.offer_bed, name="offer-bed"),
    path(f"{ONE}offer/yes/", offers.accept_offer, name="accept-offer"),
    path(f"{ONE}offer/longer/", offers.keep_longer, name="keep-longer"),
    path(f"{ONE}offer/end/", offers.end_offer, name="end-offer"),
]
