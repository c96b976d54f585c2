using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Insights;
using TwilioEmu.Voice.Operations;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Voice;

/// <summary>Programmable Voice of one world: its desk at the front door, its mailbox at the back door, its letters to the app.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class VoiceProduct : IProduct
{
    /// <summary>
    /// Calls per second that an account may make by REST unless it was given more (twilio.com/docs/voice/api/call-resource).
    /// </summary>
    public const double UsualCallsPerSecond = 1;

    private readonly double _callsPerSecond;
    private readonly IVoiceNumbers? _numbers;
    private CallServices? _services;

    /// <param name="callsPerSecond">Per account.</param>
    /// <param name="numbers">Who owns what; null for the books of the floor.</param>
    public VoiceProduct(double callsPerSecond = UsualCallsPerSecond, IVoiceNumbers? numbers = null)
    {
        _callsPerSecond = callsPerSecond;
        _numbers = numbers;
    }

    internal CallServices Services => _services ?? throw new InvalidOperationException("voice is not attached yet");

    /// <summary>What it does for which operation, once attached.</summary>
    internal IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; private set; } = [];

    /// <summary>From now on it directs the calls to the numbers it takes.</summary>
    public void Interest(ICallInterest interest) => Services.Interest = interest;

    /// <summary>Has a phone called and a one-time code spoken to it; a turn of the loop.</summary>
    /// <returns>The call's SID.</returns>
    public string Speak(SpokenCode wanted) => new CodeSpeaker(Services).Call(wanted);

    /// <summary>Tells an account's debugger of something that has to do with no call of its own, at the level the code has.</summary>
    public void Raise(AccountSid account, string subject, int code, string message, long cause) =>
        new Alert { Code = code, Level = ErrorLevels.Of(code), Message = message }.Raise(Services.World.Journal, account, subject, cause);

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var world = floor.World;
        floor.Door.Declare(new("api_v2010")
        {
            OwnChecks = ["CreateCall", "UpdateCall", "UpdateParticipant"],
            Parameters = [new(21201, "participant", "To"), new(21213, "participant", "From"), new(21209, "call", Format: "http-method")],
        });
        var numbers = _numbers
            ?? new NumberDirectory(floor.Numbers, floor.Accounts, floor.Permissions, number => floor.CallerNames?.Invoke(number));
        var services = _services = new CallServices(
            world, floor.Exchange, numbers, floor.Accounts.TokenOf, floor.Letterbox, floor.NewLanes(), floor.Prices)
        {
            PublicUrl = floor.PublicUrl,
        };
        services.Routes.Add(new ApplicationRoutes(numbers));
        floor.Exchange.Attach(new InboundRun(services));
        floor.Numbers.CallerIds.Attach(new CodeCaller(services));
        var read = new CallRead(services);
        var queue = new CallQueue(world, _callsPerSecond);
        var create = new CallCreate(services, queue);
        Behaviours =
        [
            ("CreateCall", create.Create),
            ("FetchCall", read.Fetch),
            ("ListCall", read.List),
            ("UpdateCall", new CallUpdate(services).Update),
            ("DeleteCall", read.Delete),
            ("ListCallEvent", new CallEventRead(services).List),
            .. new QueueOperations(services).Behaviours,
            .. new RecordingOperations(services).Behaviours,
            .. new CallRecordingOperations(services).Behaviours,
            .. new TranscriptionOperations(services).Behaviours,
            .. new RealtimeTranscriptionOperations(services).Behaviours,
            .. new PaymentOperations(services).Behaviours,
            .. new UserMessageOperations(services).Behaviours,
            .. new InsightsOperations(services).Behaviours,
            .. new ConferenceInsights(services).Behaviours,
            .. new ConferenceOperations(services).Behaviours,
            .. new ParticipantOperations(services).Behaviours,
            ("CreateParticipant", new ParticipantCreate(services, queue, create).Create),
        ];
        floor.Hang(Behaviours);
        floor.HangForTests([("CreateCall", new TestCalls(world).Create)]);
    }

    /// <inheritdoc/>
    public void Resume() => new Aftermath(Services.World, Services.Reporter).Run();

    /// <summary>
    /// Adds what knows the documents of calls to other addresses than numbers; asked before the numbers. After voice itself is attached.
    /// </summary>
    public void Attach(IInboundRoutes routes) => Services.Routes.Add(routes);

    /// <summary>Hands down who knows BYOC trunks. After voice itself is attached.</summary>
    public void Attach(IByocTrunks trunks) => Services.Byoc = trunks;

    /// <summary>Hands down who sends texts for calls. After voice itself is attached.</summary>
    public void Attach(ITextSender texts) => Services.Texts = texts;

    /// <summary>An account's calls with when they were made, newest first.</summary>
    public static IEnumerable<(DateTimeOffset Created, IFace Face)> NewestFirst(World world, AccountSid account) =>
        world.Store.Table(Call.Table, account).NewestFirst().Select(c => (c.DateCreated, (IFace)c));

    /// <summary>An account's conferences with when they were made, newest first.</summary>
    public static IEnumerable<(DateTimeOffset Created, IFace Face)> ConferencesNewestFirst(World world, AccountSid account) =>
        world.Store.Table(Conference.Table, account).NewestFirst().Select(c => (c.Created, (IFace)c));
}
