using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Kernel.Settings;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// What a config file, or the <c>given</c> of a scenario, says of a world. Absent means: as the command line or the default has it.
/// </summary>
public sealed record WorldConfig
{
    /// <summary>Options that are also on the command line.</summary>
    public ServeOptions Options { get; init; } = ServeOptions.None;

    public IReadOnlyList<AccountSpec> Accounts { get; init; } = [];

    public IReadOnlyList<PhoneNumberSpec> Numbers { get; init; } = [];

    /// <summary>Numbers of others that accounts verified before the story begins.</summary>
    public IReadOnlyList<CallerIdConfig> CallerIds { get; init; } = [];

    /// <summary>What becomes of brands, campaigns and toll-free verifications.</summary>
    public RegistrationRules Registrations { get; init; } = new();

    public IReadOnlyList<ServiceConfig> Services { get; init; } = [];

    /// <summary>WhatsApp and RCS senders.</summary>
    public IReadOnlyList<ChannelSenderConfig> Channels { get; init; } = [];

    /// <summary>Content templates.</summary>
    public IReadOnlyList<TemplateConfig> Templates { get; init; } = [];

    public IReadOnlyList<HandsetConfig> Handsets { get; init; } = [];

    /// <summary>Gateways and SMSCs.</summary>
    public SmppConfig Smpp { get; init; } = new();

    /// <summary>
    /// Origins the app is known by, and where it really listens: signed and shown by the first, connected to at the second.
    /// </summary>
    public IReadOnlyDictionary<string, string> PublicNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Calls an account may start per second; Twilio's is 1.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>Prices that are not the usual ones: by country or <c>default</c>, US dollars by word (<c>sms_out</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>> Prices { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, decimal>>();

    /// <summary>What Lookup knows, by number.</summary>
    public IReadOnlyDictionary<string, NumberFacts> Lookup { get; init; } = new Dictionary<string, NumberFacts>();

    public LimitsConfig Limits { get; init; } = new();

    /// <summary>TwiML Bins by SID: the text of each, with its <c>{{places}}</c>.</summary>
    public IReadOnlyDictionary<string, string> TwimlBins { get; init; } = new Dictionary<string, string>();

    /// <summary>Answers given inside the world at <c>http://app</c>.</summary>
    public AppConfig App { get; init; } = new();
}

/// <summary>A verified caller ID; the first account's where none is named.</summary>
public sealed record CallerIdConfig(string Number, string? Account);

/// <summary>How much is kept, and how many requests an account may have in flight.</summary>
public sealed record LimitsConfig(int? JournalEntries = null, int? Records = null, TimeSpan? Age = null, int? ConcurrentRequests = null);
