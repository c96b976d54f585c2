using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Callbacks;

/// <summary>
/// Every request that a call makes of an app, and exactly which parameters it has. Sources: twilio.com/docs/voice/twiml (request
/// parameters), the page of each verb and noun, twilio.com/docs/voice/api/call-resource (statuscallbackevent), recording, payment-resource,
/// realtime-transcription-resource.
/// </summary>
public sealed class VoiceRequestTests
{
    private const string Head = "CallSid AccountSid From To CallStatus ApiVersion Direction";
    private const string FromPlaces = "FromCity FromState FromZip FromCountry CallerCity CallerState CallerZip CallerCountry";
    private const string ToPlaces = "ToCity ToState ToZip ToCountry CalledCity CalledState CalledZip CalledCountry";

    /// <summary>Where the callee is no number: an app's own phone, a TwiML App.</summary>
    private const string Placeless = $"{Head} Caller Called {FromPlaces}";
    private const string Standard = $"{Placeless} {ToPlaces}";
    private const string Progress = "Timestamp CallbackSource SequenceNumber";
    private const string End = $"{Progress} CallDuration Duration SipResponseCode";
    private const string Recorded = "RecordingUrl RecordingSid RecordingDuration";
    private const string RecordingStatus =
        "AccountSid CallSid RecordingSid RecordingUrl RecordingStatus RecordingChannels RecordingStartTime RecordingSource "
            + "RecordingTrack ErrorCode";
    private const string ConferenceRecording =
        "AccountSid ConferenceSid RecordingSid RecordingUrl RecordingStatus RecordingDuration RecordingChannels RecordingStartTime "
            + "RecordingSource ErrorCode";
    private const string Event = "ConferenceSid FriendlyName AccountSid SequenceNumber Timestamp StatusCallbackEvent";
    private const string Member = $"{Event} CallSid Muted Hold Coaching EndConferenceOnExit StartConferenceOnEnter";
    private const string Conference = "ConferenceSid FriendlyName";
    private const string Queue = "QueueSid QueueTime";
    private const string Visa = "4111111111111111";

    private static readonly Dictionary<string, Row> Rows = new[]
    {
        // Documents of a call.
        new Row("a number's document", "/voice", $"{Standard} CallToken"),
        new("a number's document, of a caller whose name is looked up", "/voice", $"{Standard} CallToken CallerName",
            h => h.Do(() => h.Own(new VoiceNumber(Account, "PN2", Number) { VoiceUrl = "http://app/voice", LooksUpCallerName = true }))),
        new("a number's document, of a call that was forwarded and signed", "/voice",
            $"{Standard} CallToken ForwardedFrom CalledVia StirVerstat StirPassportToken")
        {
            Marks = new CarrierMarks("+14155550122", "TN-Validation-Passed-A"),
        },
        new("a number's document, of a call whose signature failed", "/voice", $"{Standard} CallToken StirVerstat")
        {
            Marks = new CarrierMarks(null, "TN-Validation-Failed"),
        },
        new("an application's document", "/application", $"{Standard} CallToken ApplicationSid",
            h => h.Do(() => h.Own(new VoiceNumber(Account, "PN2", Number) { ApplicationSid = "AP1" }))),
        new("the document of a call that REST made", "/voice", Standard) { Create = [] },
        new("the same, of an application", "/application", $"{Standard} ApplicationSid") { Create = [("ApplicationSid", "AP1")] },
        new("the same, after machine detection", "/voice", $"{Standard} AnsweredBy MachineDetectionDuration")
        {
            Create = [("MachineDetection", "Enable")],
        },
        new("the document of a call to an app's own phone", "/voice", Placeless,
            h => h.Behave("client:alice", new() { Script = [Waits(5), HangsUp] }))
        {
            Create = [("To", "client:alice")],
        },
        new("a fallback", "/fallback", $"{Standard} CallToken ErrorCode ErrorUrl",
            BreakAsync) { Verbs = null },
        new("a redirect, while the call rings", "/next", $"{Standard} CallToken") { Verbs = "<Redirect>/next</Redirect>" },
        new("a redirect, of a call that was answered", "/next", Standard) { Verbs = "<Say>Hello</Say><Redirect>/next</Redirect>" },

        // What becomes of a call.
        new("a number's status callback", "/number-status", $"{Standard} {End}"),
        new("initiated", "/status", $"{Standard} {Progress}") { Create = [.. Status("initiated")] },
        new("ringing", "/status", $"{Standard} {Progress} StirStatus") { Create = [.. Status("ringing")] },
        new("answered", "/status", $"{Standard} {Progress} StirStatus") { Create = [.. Status("answered")] },
        new("completed", "/status", $"{Standard} {End}") { Create = [.. Status("completed")] },
        new("completed, of a recorded call", "/status", $"{Standard} {End} {Recorded}")
        {
            Create = [.. Status("completed"), ("Record", "true"), ("Trim", "do-not-trim")],
        },
        new("completed, of a call that was busy", "/status", $"{Standard} {End}", h => h.Behave(Phone, new() { PickUp = PickUp.Busy }))
        {
            Create = [.. Status("completed")],
        },
        new("the result of machine detection", "/amd", "CallSid AccountSid AnsweredBy MachineDetectionDuration")
        {
            Create = [("MachineDetection", "Enable"), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", "http://app/amd")],
        },

        // Gather.
        new("keys gathered", "/next", $"{Standard} msg Digits FinishedOnKey")
        {
            Verbs = "<Gather action='/next'/>",
            Script = [Waits(1), Presses("1#")],
        },
        new("speech gathered", "/next", $"{Standard} msg SpeechResult Confidence Language")
        {
            Verbs = "<Gather input='speech' action='/next'/>",
            Script = [Waits(1), Says("sales"), Waits(20)],
        },
        new("nothing gathered of speech", "/next", $"{Standard} msg")
        {
            Verbs = "<Gather input='speech' action='/next' actionOnEmptyResult='true' timeout='1'/>",
            Script = [Waits(20)],
        },
        new("a partial result", "/partial",
            $"{Standard} SequenceNumber StableSpeechResult UnstableSpeechResult Stability Confidence Language")
        {
            Verbs = "<Gather input='speech' partialResultCallback='/partial'/>", Script = [Waits(1), Says("sales please"), Waits(20)],
        },

        // Record and recordings.
        new("a recording's action", "/next", $"{Standard} {Recorded} Digits")
        {
            Verbs = "<Record action='/next'/>",
            Script = [Waits(2), Says("hello"), Presses("#")],
        },
        new("a recording begun", "/recording", RecordingStatus)
        {
            Verbs = "<Record recordingStatusCallback='/recording' recordingStatusCallbackEvent='in-progress'/>",
            Script = [Waits(2), Says("hello"), Presses("#")],
        },
        new("a recording completed", "/recording", $"{RecordingStatus} RecordingDuration")
        {
            Verbs = "<Record recordingStatusCallback='/recording'/>",
            Script = [Waits(2), Says("hello"), Presses("#")],
        },
        new("a recording absent", "/recording", RecordingStatus)
        {
            Verbs = "<Record recordingStatusCallback='/recording' recordingStatusCallbackEvent='absent' timeout='2'/><Pause/>",
            Script = [Waits(20)],
        },
        new("a transcription", "/words",
            $"{Head} TranscriptionSid TranscriptionText TranscriptionStatus TranscriptionUrl TranscriptionType RecordingSid RecordingUrl")
        {
            Verbs = "<Record transcribe='true' transcribeCallback='/words'/>",
            Script = [Waits(2), Says("hello there, this is a message"), Presses("#")],
        },
        new("a transcription, of a call that was forwarded", "/words",
            $"{Head} ForwardedFrom TranscriptionSid TranscriptionText TranscriptionStatus TranscriptionUrl TranscriptionType "
                + "RecordingSid RecordingUrl")
        {
            Verbs = "<Record transcribe='true' transcribeCallback='/words'/>",
            Script = [Waits(2), Says("hello there, this is a message"), Presses("#")], Marks = new CarrierMarks("+14155550122"),
        },

        // Dial and its nouns.
        new("after a Dial", "/next", $"{Standard} DialCallStatus DialCallSid DialCallDuration DialBridged")
        {
            Verbs = $"<Dial action='/next'>{Friend}</Dial>",
            Friend = [Waits(2), HangsUp],
        },
        new("after a Dial that nobody answered", "/next", $"{Standard} DialCallStatus DialCallSid DialBridged",
            h => h.Behave(Friend, new() { PickUp = PickUp.NoAnswer }))
        {
            Verbs = $"<Dial action='/next' timeout='5'>{Friend}</Dial>",
        },
        new("after a recorded Dial", "/next", $"{Standard} DialCallStatus DialCallSid DialCallDuration DialBridged {Recorded}")
        {
            Verbs = $"<Dial action='/next' record='record-from-answer'>{Friend}</Dial>", Friend = [Waits(2), HangsUp],
        },
        new("after a Dial that names nobody", "/next", $"{Standard} DialCallStatus DialBridged")
        {
            Verbs = "<Dial action='/next'>nobody</Dial>",
        },
        new("a whisper", "/whisper", $"{Standard} ParentCallSid")
        {
            Verbs = $"<Dial><Number url='/whisper'>{Friend}</Number></Dial>",
            Friend = [Waits(2), HangsUp],
        },
        new("a dialled leg rings", "/child", $"{Standard} ParentCallSid {Progress} StirStatus")
        {
            Verbs = $"<Dial><Number statusCallback='/child' statusCallbackEvent='ringing'>{Friend}</Number></Dial>",
            Friend = [Waits(2), HangsUp],
        },
        new("a dialled leg ends", "/child", $"{Standard} ParentCallSid {End}")
        {
            Verbs = $"<Dial><Number statusCallback='/child'>{Friend}</Number></Dial>",
            Friend = [Waits(2), HangsUp],
        },
        new("a dialled leg's machine detection", "/amd", "CallSid AccountSid AnsweredBy MachineDetectionDuration")
        {
            Verbs = $"<Dial><Number machineDetection='Enable' amdStatusCallback='/amd'>{Friend}</Number></Dial>",
            Friend = [Says("hello"), Waits(9), HangsUp],
        },
        new("a TwiML App that is dialled", "/application", $"{Placeless} ApplicationSid CustomerId Param_table CallToken")
        {
            Verbs = "<Dial><Application><ApplicationSid>AP1</ApplicationSid><Parameter name='table' value='4'/></Application></Dial>",
        },

        // Queues.
        new("waiting in a queue", "/wait", $"{Standard} QueuePosition {Queue} AvgQueueTime CurrentQueueSize MaxQueueSize")
        {
            Verbs = "<Enqueue waitUrl='/wait'>support</Enqueue>",
        },
        new("after a queue", "/next", $"{Standard} QueueResult {Queue}", h => h.Twiml("/wait", "<Leave/>"))
        {
            Verbs = "<Enqueue waitUrl='/wait' action='/next'>support</Enqueue>",
        },
        new("after a queue that could not be entered", "/next", $"{Standard} QueueResult")
        {
            Verbs = "<Enqueue waitUrl='ftp://x' action='/next'>support</Enqueue>",
        },
        new("a queue's whisper", "/whisper", $"{Standard} {Queue} DequeingCallSid", TakeAsync)
        {
            Verbs = "<Enqueue waitUrl=''>support</Enqueue>",
        },
        new("after a Dial into a queue", "/taken",
            $"{Standard} DialCallStatus DialCallSid DialCallDuration {Queue} DequeingCallSid DialBridged", TakeAsync)
            {
                Verbs = "<Enqueue waitUrl=''>support</Enqueue>",
            },

        // Conferences.
        new("waiting for a conference", "/wait", $"{Standard} {Conference}")
        {
            Verbs = "<Dial><Conference waitUrl='/wait'>room</Conference></Dial>",
        },
        new("after a conference", "/next", $"{Standard} DialCallStatus")
        {
            Verbs = "<Dial action='/next' timeLimit='2'><Conference waitUrl=''>room</Conference></Dial>",
        },
        new("a member joins", "/events", Member)
        {
            Verbs = "<Dial><Conference waitUrl='' statusCallback='/events' statusCallbackEvent='join'>room</Conference></Dial>",
        },
        new("a member with a label joins", "/events", $"{Member} ParticipantLabel")
        {
            Verbs =
                "<Dial><Conference waitUrl='' participantLabel='ada' statusCallback='/events' "
                    + "statusCallbackEvent='join'>room</Conference></Dial>",
        },
        new("a conference starts", "/events", Event, MeetAsync)
        {
            Verbs = "<Dial><Conference waitUrl='' statusCallback='/events' statusCallbackEvent='start'>room</Conference></Dial>",
        },
        new("a member leaves", "/events", $"{Member} ParticipantCallStatus ReasonParticipantLeft")
        {
            Verbs = "<Dial><Conference waitUrl='' statusCallback='/events' statusCallbackEvent='leave'>room</Conference></Dial>",
            Script = [Waits(3), HangsUp],
        },
        new("a conference ends", "/events", $"{Event} CallSidEndingConference ReasonConferenceEnded Reason")
        {
            Verbs = "<Dial><Conference waitUrl='' statusCallback='/events' statusCallbackEvent='end'>room</Conference></Dial>",
            Script = [Waits(3), HangsUp],
        },
        new("a member speaks", "/events", Member, MeetAsync)
        {
            Verbs = "<Dial><Conference waitUrl='' statusCallback='/events' statusCallbackEvent='speaker'>room</Conference></Dial>",
            Script = [Waits(6), Says("hello"), Waits(20)],
        },
        new("a conference's recording", "/recording", ConferenceRecording, MeetAsync)
        {
            Verbs = "<Dial><Conference waitUrl='' record='record-from-start' recordingStatusCallback='/recording'>room</Conference></Dial>",
            Script = [Waits(9), Says("hello everybody"), HangsUp],
        },

        // The rest.
        new("after a text in a call", "/next", $"{Standard} SmsStatus") { Verbs = "<Sms action='/next' to='nobody'>hello</Sms>" },
        new("a piece of a payment", "/told", "AccountSid CallSid For Attempt PaymentCardNumber PaymentCardType")
        {
            Verbs = "<Pay action='/next' statusCallback='/told'/>",
            Script = [Hears("card number"), Presses(Visa), Waits(60)],
        },
        new("after a payment that failed", "/next", $"{Standard} Result PaymentMethod")
        {
            Verbs = "<Pay action='/next'/>",
            Script = [Waits(60)],
        },
        new("a live transcription begins", "/words",
            "AccountSid CallSid TranscriptionSid Timestamp SequenceId TranscriptionEvent ProviderConfiguration TranscriptionEngine "
                + "Track PartialResults LanguageCode")
        {
            Verbs = "<Start><Transcription statusCallbackUrl='http://app/words'/></Start><Pause length='5'/>",
        },
    }.ToDictionary(r => r.Name);

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_request_has_the_parameters_it_is_documented_with_and_no_other(string name)
    {
        var row = Rows[name];
        await using var house = await BuildAsync();
        if (row.Verbs is { } verbs) house.Twiml("/voice", verbs);
        if (row.Friend is { } friend) house.Behave(Friend, new() { Script = friend });
        if (row.Arrange is { } arrange) await arrange(house);
        if (row.Create is { } form)
        {
            if (row.Arrange is null) house.Behave(Phone, new() { Script = [Says("hello"), Waits(2), HangsUp] });
            await house.CreateAsync([.. form]);
        }
        else
        {
            await house.World.Loop.RunAsync(
                () => house.Phones.Dial(Phone, Number, row.Script ?? [Waits(30), HangsUp], null, row.Marks), default);
        }
        await house.AdvanceAsync(120);
        var asked = house.Requests.FirstOrDefault(r => r.Path == row.Path).Parameters;
        asked.Should().NotBeNull($"{row.Path} is asked; asked were {string.Join(' ', house.Requests.Select(r => r.Path))}");
        asked.Keys.Should().BeEquivalentTo(row.Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_forwarded_call_tells_by_whom_in_the_request_and_in_the_resource()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello</Say>");
        var sid = (await house.World.Loop.RunAsync(
            () => house.Phones.Dial(
                Phone, Number, [], null, new CarrierMarks("+14155550122", "TN-Validation-Passed-B-Diverted")), default))!;
        await house.AdvanceAsync(30);
        house.Asked("/voice", "ForwardedFrom", "CalledVia", "StirVerstat")
            .Should().Equal("0.0 +14155550122 +14155550122 TN-Validation-Passed-B-Diverted");
        house.Asked("/number-status", "ForwardedFrom", "StirVerstat").Single()
            .Should().EndWith("+14155550122 TN-Validation-Passed-B-Diverted");
        (await house.CallAsync(sid)).ForwardedFrom.Should().Be("+14155550122");
    }

    [Theory]
    [InlineData("TN-Validation-Passed-A", true)]
    [InlineData("TN-Validation-Passed-C-Passthrough", true)]
    [InlineData("TN-Validation-Failed", true)]
    [InlineData("TN-Validation-Failed-B", true)]
    [InlineData("No-TN-Validation", true)]
    [InlineData("TN-Validation-Passed", false)]
    [InlineData("TN-Validation-Passed-D", false)]
    [InlineData("TN-Validation-Passed-A-Sideways", false)]
    [InlineData("A", false)]
    [InlineData("", false)]
    public void A_verdict_on_a_number_is_one_of_a_few_words(string word, bool isOne) =>
        (CarrierMarks.Fault(word) is null).Should().Be(isOne);

    private static (string Name, string Value)[] Status(string progress) =>
        [("StatusCallback", "http://app/status"), ("StatusCallbackEvent", progress)];

    private static Task BreakAsync(VoiceHouse house)
    {
        house.Page("/broken", static _ => new AppAnswer(500, null, ""));
        return house.Do(
            () =>
                house.Own(new VoiceNumber(Account, "PN2", Number) { VoiceUrl = "http://app/broken", FallbackUrl = "http://app/fallback" }));
    }

    /// <summary>Somebody comes in later.</summary>
    private static async Task MeetAsync(VoiceHouse house)
    {
        house.Behave(Friend, new() { Script = [Waits(20), HangsUp] });
        await house.CreateAsync(("To", Friend), ("Url", "http://app/friend"));
        house.Twiml("/friend", "<Pause length='2'/><Dial><Conference waitUrl=''>room</Conference></Dial>");
    }

    /// <summary>An agent takes the first of the queue a while later.</summary>
    private static async Task TakeAsync(VoiceHouse house)
    {
        house.Behave(Friend, new() { Script = [Waits(10), HangsUp] });
        house.Twiml("/agent", "<Pause length='2'/><Dial action='/taken' timeLimit='2'><Queue url='/whisper'>support</Queue></Dial>");
        await house.CreateAsync(("To", Friend), ("Url", "http://app/agent"));
    }

    /// <param name="Name">What is asked for, in words.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Parameters">Their names, between blanks.</param>
    /// <param name="Arrange">What is done before the phone dials; null for nothing.</param>
    private sealed record Row(string Name, string Path, string Parameters, Func<VoiceHouse, Task>? Arrange)
    {
        public Row(string name, string path, string parameters) : this(name, path, parameters, (Func<VoiceHouse, Task>?)null) { }

        public Row(string name, string path, string parameters, Action<VoiceHouse> arrange) : this(name, path, parameters, h =>
        {
            arrange(h);
            return Task.CompletedTask;
        })
        { }

        /// <summary>The number's document; null for one that is not there.</summary>
        public string? Verbs { get; init; } = "<Pause length='5'/>";

        public ScriptStep[]? Script { get; init; }

        /// <summary>What the dialled party does; null where nobody is dialled.</summary>
        public ScriptStep[]? Friend { get; init; }

        public CarrierMarks? Marks { get; init; }

        /// <summary>The form of a call by REST; null where the phone dials.</summary>
        public (string Name, string Value)[]? Create { get; init; }
    }
}
