namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>Who may import whom. The one place where an arrow is drawn; everything else here only checks.</summary>
internal static class Map
{
    /// <summary>Projects, and the projects of ours each may refer to.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = new Dictionary<string, string[]>
    {
        ["TwilioEmu"] =
        [
            "TwilioEmu.Console", "TwilioEmu.Scenarios", "TwilioEmu.Products", "TwilioEmu.Voice", "TwilioEmu.Messaging",
            "TwilioEmu.Accounts", "TwilioEmu.Rest",
            "TwilioEmu.Webhooks", "TwilioEmu.Carrier", "TwilioEmu.Media", "TwilioEmu.Sip", "TwilioEmu.Smpp", "TwilioEmu.Durable",
            "TwilioEmu.Kernel",
        ],
        ["TwilioEmu.Host"] = ["TwilioEmu", "TwilioEmu.Client", "TwilioEmu.Scenarios", "TwilioEmu.Kernel"],
        ["TwilioEmu.Client"] = [],
        ["TwilioEmu.Console"] = ["TwilioEmu.Scenarios", "TwilioEmu.Carrier", "TwilioEmu.Kernel"],
        // Accounts for what a config asks for: an account, a key, a number are told once, as the books that make them take them.
        ["TwilioEmu.Scenarios"] = ["TwilioEmu.Accounts", "TwilioEmu.Carrier", "TwilioEmu.Kernel"],
        ["TwilioEmu.Products"] =
        [
            "TwilioEmu.Voice", "TwilioEmu.Messaging", "TwilioEmu.Twiml", "TwilioEmu.Accounts", "TwilioEmu.Rest", "TwilioEmu.Webhooks",
            "TwilioEmu.Carrier",
            "TwilioEmu.Media", "TwilioEmu.Kernel",
        ],
        ["TwilioEmu.Voice"] =
            ["TwilioEmu.Twiml", "TwilioEmu.Accounts", "TwilioEmu.Rest", "TwilioEmu.Webhooks", "TwilioEmu.Carrier", "TwilioEmu.Media",
                "TwilioEmu.Kernel"],
        // Smpp for the GSM alphabet alone, which segments are counted by.
        ["TwilioEmu.Messaging"] =
            [
                "TwilioEmu.Twiml", "TwilioEmu.Accounts", "TwilioEmu.Rest", "TwilioEmu.Webhooks", "TwilioEmu.Carrier", "TwilioEmu.Smpp",
                "TwilioEmu.Media", "TwilioEmu.Kernel",
            ],
        ["TwilioEmu.Accounts"] = ["TwilioEmu.Rest", "TwilioEmu.Webhooks", "TwilioEmu.Carrier", "TwilioEmu.Media", "TwilioEmu.Kernel"],
        ["TwilioEmu.Twiml"] = [],
        ["TwilioEmu.Durable"] = ["TwilioEmu.Kernel"],
        ["TwilioEmu.Rest"] = ["TwilioEmu.Kernel"],
        // Twiml to read what was asked for: documents of calls and of texts come the same way.
        ["TwilioEmu.Webhooks"] = ["TwilioEmu.Twiml", "TwilioEmu.Kernel"],
        ["TwilioEmu.Carrier"] = ["TwilioEmu.Sip", "TwilioEmu.Smpp", "TwilioEmu.Media", "TwilioEmu.Kernel"],
        ["TwilioEmu.Media"] = [],
        ["TwilioEmu.Sip"] = [],
        ["TwilioEmu.Smpp"] = [],
        ["TwilioEmu.Kernel"] = [],
    };

    /// <summary>Projects whose rooms are walled too: which sibling folder each may import; what is not named imports none.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string[]>> Rooms { get; } =
        new Dictionary<string, IReadOnlyDictionary<string, string[]>>
        {
            ["TwilioEmu.Products"] = new Dictionary<string, string[]> { ["Verify"] = ["Lookup"] },
        };

    /// <summary>Rooms of one project that know each other both ways, and why they may.</summary>
    public static IReadOnlyDictionary<string, string> Cycles { get; } = new Dictionary<string, string>
    {
        ["TwilioEmu: Composition, Hosting"] = "a host builds worlds, and a world's setup asks the host where it listens",
        ["TwilioEmu.Accounts: Directory, Keys, OAuth, Tokens"] = "an account book holds its keys and apps; they ask it who may",
        ["TwilioEmu.Client: Expectations, Wire"] = "one source-generated JSON context writes and reads every room's records",
        ["TwilioEmu.Kernel: Looping, Time"] = "the loop asks the clock what is due, the clock runs what is due in turns of the loop",
        ["TwilioEmu.Rest: Paging, Pipeline"] = "a page is cut from an answer and answered with one",
        ["TwilioEmu.Console: Control, Events"] = "the stream is a control call that stays open",
        ["TwilioEmu.Voice: Callbacks, Calls, Detection, Documents, Paying, Recordings, Transcribing, Verbs"] =
            "a call runs documents, a document its verbs, <Dial> makes calls, a call holds its recordings, transcriptions and payments and "
                + "asks who answered",
        ["TwilioEmu.Webhooks: Alerts, Breakpoints, Caching, Delivery, Exchanges, Wires"] =
            "an exchange goes over a wire and ends as an alert of its delivery",
    };

    /// <summary>Files that may lie at the top of a project beside its csproj and README: the type one starts reading at.</summary>
    public static IReadOnlyDictionary<string, string[]> EntryFiles { get; } = new Dictionary<string, string[]>
    {
        ["TwilioEmu"] = ["Program.cs"],
        ["TwilioEmu.Host"] = ["TwilioEmuHost.cs"],
        ["TwilioEmu.Client"] = ["EmulatorClient.cs"],
        ["TwilioEmu.Rest"] = ["FrontDoor.cs"],
        ["TwilioEmu.Messaging"] = ["MessagingProduct.cs"],
        ["TwilioEmu.Voice"] = ["VoiceProduct.cs"],
        ["TwilioEmu.Durable"] = ["DurableWorld.cs"],
        ["TwilioEmu.Kernel"] = ["World.cs", "WorldOptions.cs"],
    };

    /// <summary>
    /// Projects whose public types may share a namespace, so that a test needs one <c>using</c> for all; the folders stay what they are.
    /// </summary>
    public static IReadOnlyDictionary<string, string> SharedNamespaces { get; } = new Dictionary<string, string>
    {
        ["TwilioEmu.Client"] = "TwilioEmu",
        ["TwilioEmu.Host"] = "TwilioEmu",
    };

    /// <summary>Names that say nothing about what is in the folder.</summary>
    public static IReadOnlyList<string> EmptyFolderNames { get; } =
    [
        "Helpers", "Helper", "Utils", "Util", "Utilities", "Common", "Shared", "Internal", "Misc", "Core",
    ];

    /// <summary>Lines beyond which a file is two.</summary>
    public const int MaxLineCount = 400;

    /// <summary>Arguments beyond which a constructor is a room with too many doors.</summary>
    public const int MaxArguments = 6;

    /// <summary>Classes that are made of more all the same, and why.</summary>
    public static IReadOnlyDictionary<string, string> ManyArguments { get; } = new Dictionary<string, string>
    {
        ["JournalLine"] = "the parts of an entry, as they are written",
        ["SavedRow"] = "the parts of a row, as they are written",
        ["Expectation"] = "the members of a request, as they are written",
        ["HandsetLeg"] = "made at one place, of what a leg is from its first moment on",
        ["Fate"] = "made at one place, of a submission's parts",
        ["QueueMember"] = "made at one place, of what is known of who waits",
        ["PaymentSession"] = "made at one place, of what was asked for",
    };

    /// <summary>Columns by which a line ends.</summary>
    public const int WideColumn = 140;

    /// <summary>Part of a project's lines by which the page of the architecture may be out of date.</summary>
    public const double LineTolerance = 0.1;
}
