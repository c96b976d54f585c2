namespace TwilioEmu.Tests.Conformance;

/// <summary>Operations that are not asked, or not expected to answer, as the others are: each by name, with why.</summary>
internal static class Exceptions
{
    private const string NothingRecorded =
        "a recording is made by a call that was answered, and no call is in this survey; their faces have tests of their own";

    private const string NothingMapped =
        "a mapping names a list or number that exists, and the survey knows none: 404; their rules have tests of their own";

    private const string NobodySpoke =
        "what an app says itself has no inbound leg: those members are null, as the product's own page shows";

    private const string NoCallToSumUp = "only a call that was made is summed up, and the survey of this product makes none: 404 is the "
        + "truth; their faces have tests of their own";

    /// <summary>Cannot be asked with a valid request, or cannot be answered as the document promises.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["lookups_v2/FetchPhoneNumber"] = "packages that were not asked for are null, as in the document's own examples",
        ["events_v1/CreateSinkValidate"] = "only the id that a test event brought validates a sink: 400; EventStreamTests show it",
        ["voice_v1/DeleteArchivedCall"] =
            "archives hold calls older than thirteen months; nothing in an emulated world is that old, so 404 is the truth",
        ["api_v2010/FetchRecordingAddOnResultPayloadData"] = "no add-on runs here, so there is no payload whose data one could be sent to: "
            + "501 says so, and 404 with --unbuilt store",
        ["api_v2010/FetchMember"] = "a member is a call that waits in a queue; none waits here: 404 is the truth",
        ["api_v2010/UpdateMember"] = "a member is a call that waits in a queue; none waits here: 404 is the truth",
        ["api_v2010/CreateCallRecording"] = "only a call that was answered is recorded; here it still rings: 400/21220",
        ["api_v2010/CreateRealtimeTranscription"] = "only a call that was answered is transcribed; here it still rings: 400/21220",
        ["api_v2010/UpdateRealtimeTranscription"] = "only a transcription that was made is stopped; none was here: 404 is the truth",
        ["api_v2010/CreateUserDefinedMessage"] = "only a call that was answered carries messages; here it still rings: 400/21220",
        ["api_v2010/CreateUserDefinedMessageSubscription"] =
            "nothing more is told of a call that is over, and the survey's is by now: 400/21220",
        ["api_v2010/DeleteUserDefinedMessageSubscription"] =
            "only a subscription that was made is deleted; none was here: 404 is the truth",
        ["api_v2010/CreatePayments"] = "only a call that was answered takes a payment; here it still rings: 400/21220",
        ["api_v2010/UpdatePayments"] = "only a payment session that was made is given orders; none was here: 404 is the truth",
        ["api_v2010/UpdateCallRecording"] = "only a recording that goes on is changed; none does here: 404 is the truth",
        ["api_v2010/FetchRecording"] = NothingRecorded,
        ["api_v2010/FetchTranscription"] = NothingRecorded,
        ["api_v2010/FetchCallRecording"] = NothingRecorded,
        ["api_v2010/ListRecordingAddOnResult"] = NothingRecorded,
        ["api_v2010/ListRecordingTranscription"] = NothingRecorded,
        ["api_v2010/FetchRecordingAddOnResult"] = NothingRecorded,
        ["api_v2010/FetchRecordingTranscription"] = NothingRecorded,
        ["api_v2010/ListRecordingAddOnResultPayload"] = NothingRecorded,
        ["api_v2010/FetchRecordingAddOnResultPayload"] = NothingRecorded,
        ["api_v2010/DeleteRecordingAddOnResultPayload"] = NothingRecorded,
        ["api_v2010/DeleteRecordingTranscription"] = NothingRecorded,
        ["api_v2010/DeleteRecordingAddOnResult"] = NothingRecorded,
        ["api_v2010/DeleteCallRecording"] = NothingRecorded,
        ["api_v2010/DeleteTranscription"] = NothingRecorded,
        ["api_v2010/DeleteRecording"] = NothingRecorded,
        ["proxy_v1/CreateMessageInteraction"] = NobodySpoke,
        ["proxy_v1/FetchMessageInteraction"] = NobodySpoke,
        ["proxy_v1/FetchInteraction"] = NobodySpoke,
        ["insights_v1/FetchCall"] = NoCallToSumUp,
        ["insights_v1/FetchSummary"] = NoCallToSumUp,
        ["insights_v1/FetchAnnotation"] = NoCallToSumUp,
        ["insights_v1/UpdateAnnotation"] = NoCallToSumUp,
        ["insights_v1/ListEvent"] = NoCallToSumUp,
        ["insights_v1/ListMetric"] = NoCallToSumUp,
        ["trunking_v1/CreateCredentialList"] = NothingMapped,
        ["trunking_v1/FetchCredentialList"] = NothingMapped,
        ["trunking_v1/DeleteCredentialList"] = NothingMapped,
        ["trunking_v1/CreateIpAccessControlList"] = NothingMapped,
        ["trunking_v1/FetchIpAccessControlList"] = NothingMapped,
        ["trunking_v1/DeleteIpAccessControlList"] = NothingMapped,
        ["trunking_v1/CreatePhoneNumber"] = NothingMapped,
        ["trunking_v1/FetchPhoneNumber"] = NothingMapped,
        ["trunking_v1/DeletePhoneNumber"] = NothingMapped,
        ["api_v2010/CreateSipCredentialListMapping"] = NothingMapped,
        ["api_v2010/FetchSipCredentialListMapping"] = NothingMapped,
        ["api_v2010/DeleteSipCredentialListMapping"] = NothingMapped,
        ["api_v2010/CreateSipIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/FetchSipIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/DeleteSipIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/CreateSipAuthCallsCredentialListMapping"] = NothingMapped,
        ["api_v2010/FetchSipAuthCallsCredentialListMapping"] = NothingMapped,
        ["api_v2010/DeleteSipAuthCallsCredentialListMapping"] = NothingMapped,
        ["api_v2010/CreateSipAuthCallsIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/FetchSipAuthCallsIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/DeleteSipAuthCallsIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/CreateSipAuthRegistrationsCredentialListMapping"] = NothingMapped,
        ["api_v2010/FetchSipAuthRegistrationsCredentialListMapping"] = NothingMapped,
        ["api_v2010/DeleteSipAuthRegistrationsCredentialListMapping"] = NothingMapped,
        ["insights_v1/FetchConference"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["insights_v1/FetchConferenceParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["insights_v1/ListConferenceParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/FetchConference"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/UpdateConference"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/ListParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/FetchParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/UpdateParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/DeleteParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/CreateParticipant"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/ListConferenceRecording"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/FetchConferenceRecording"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/UpdateConferenceRecording"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/DeleteConferenceRecording"] = "a conference is made by the calls in it; there are none here: 404 is the truth",
        ["api_v2010/ListAvailablePhoneNumberVoip"] = "no country of the market sells VoIP numbers as a kind of their own: 404, as the live "
            + "API answers for kinds that a country lacks",
        ["verify_v2/CreateVerificationCheck"] = "200, the second status of its document, is what live checks answer",
        ["verify_v2/CreateChallenge"] = "it asks a factor that was proved, which takes a code computed from its secret",
        ["verify_v2/FetchChallenge"] = "there is none without a proved factor",
        ["verify_v2/UpdateChallenge"] = "there is none without a proved factor",
        ["verify_v2/CreateNotification"] = "there is no challenge without a proved factor",
        ["proxy_v1/DeletePhoneNumber"] = "a session has it: 400/80611 until that is closed",
        ["iam_v1/UpdateOauthAppAccount"] =
            "an app's secret is told once, when it is made; the document's answer to a change has it all the same",
    };

    /// <summary>Things whose life is not that of the others.</summary>
    public static IReadOnlyDictionary<string, string> Lives { get; } = new Dictionary<string, string>
    {
        ["verify_v2/CreateChallenge"] = "it asks a factor that was proved, which takes a code computed from its secret",
        ["api_v2010/CreateSipCredentialListMapping"] = NothingMapped,
        ["api_v2010/CreateSipIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/CreateSipAuthCallsCredentialListMapping"] = NothingMapped,
        ["api_v2010/CreateSipAuthCallsIpAccessControlListMapping"] = NothingMapped,
        ["api_v2010/CreateSipAuthRegistrationsCredentialListMapping"] = NothingMapped,
        ["proxy_v1/CreateParticipant"] = "it takes a number of the service's pool, and who left stays in the list",
        ["proxy_v1/CreateMessageInteraction"] = "it is sent from a participant's number of the pool",
        ["api_v2010/CreateValidationRequest"] = "it calls a phone; the caller ID is there once the phone has pressed the code",
    };

    /// <summary>Collections whose things cannot be deleted at once, or at all.</summary>
    public static IReadOnlyDictionary<string, string> Undying { get; } = new Dictionary<string, string>
    {
        ["/2010-04-01/Accounts/{AccountSid}/Messages"] = "a message in flight is not deleted: 409/20009",
        ["/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings"] = "a recording that goes on is not deleted: 409/20009",
        ["/2010-04-01/Accounts/{AccountSid}/Calls"] = "a call in progress is not deleted: 409/20009",
    };

    /// <summary>Shown once, or moving on by themselves.</summary>
    public static IReadOnlySet<string> Fleeting { get; } =
        new HashSet<string> { "secret", "date_updated", "status", "start_time", "date_sent", "price" };
}
