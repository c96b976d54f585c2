using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Calls;

/// <summary>What is to be done with a call: asked by REST, by a number's settings, or by a <c>&lt;Number&gt;</c>.</summary>
internal sealed record CallInstructions
{
    /// <summary>REST create: how long a call rings unless told (twilio.com/docs/voice/api/call-resource).</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>A call lasts four hours at most unless the account was given more (twilio.com/docs/voice/twiml/dial).</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromHours(4);

    /// <summary>A call of an account on trial lasts ten minutes at most (twilio.com/docs/api/errors/13805).</summary>
    public static readonly TimeSpan MaxTrialDuration = TimeSpan.FromMinutes(10);

    /// <summary>The first document; null for a leg that only waits to be bridged.</summary>
    public DocumentRequest? First { get; init; }

    public string? FallbackUrl { get; init; }

    public string FallbackMethod { get; init; } = "POST";

    public string? StatusCallback { get; init; }

    public string StatusCallbackMethod { get; init; } = "POST";

    public CallEvent StatusCallbackEvents { get; init; } = CallEvent.Completed;

    /// <summary>The number shown to the callee; null for the call's From.</summary>
    public string? CallerId { get; init; }

    /// <summary>The name shown to the callee; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Why it is made, as the callee's display may show it; null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>What goes along to an app's own phone or a TwiML App, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>What the called side has as <c>To</c>; null for the call's To.</summary>
    public string? ShownTo { get; init; }

    /// <summary>The BYOC trunk that a call to a number goes out by; null for the telephone network.</summary>
    public string? ByocTrunk { get; init; }

    /// <summary>What answers a SIP callee that asks who calls; null for nothing.</summary>
    public SipLogin? Login { get; init; }

    /// <summary>Told, by POST of JSON, that an app's own phone is called; absolute, null for nobody.</summary>
    public string? ClientNotificationUrl { get; init; }

    /// <summary>Keys to be sent when the callee has answered.</summary>
    public string SendDigits { get; init; } = "";

    /// <summary>How it is recorded from its answer on; null for not at all.</summary>
    public RecordingSpec? Recording { get; init; }

    /// <summary>Whether it is to be found out who answers; null for no.</summary>
    public MachineDetection? Detection { get; init; }

    /// <summary>How long it rings.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How long it may last once answered.</summary>
    public TimeSpan TimeLimit { get; init; } = MaxDuration;
}
