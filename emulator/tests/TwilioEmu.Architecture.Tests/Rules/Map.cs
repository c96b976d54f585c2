namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>Who may import whom. The one place where an arrow is drawn; everything else here only checks.</summary>
internal static class Map
{
    /// <summary>Projects, and the projects of ours each may refer to.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = new Dictionary<string, string[]>
    {
        ["TwilioEmu"] =
        [
            "TwilioEmu.Console", "TwilioEmu.Scenarios", "TwilioEmu.Products", "TwilioEmu.Rest", "TwilioEmu.Webhooks", "TwilioEmu.Carrier",
            "TwilioEmu.Media", "TwilioEmu.Sip", "TwilioEmu.Kernel",
        ],
        ["TwilioEmu.Host"] = ["TwilioEmu", "TwilioEmu.Client", "TwilioEmu.Scenarios", "TwilioEmu.Kernel"],
        ["TwilioEmu.Client"] = [],
        ["TwilioEmu.Console"] = ["TwilioEmu.Scenarios", "TwilioEmu.Carrier", "TwilioEmu.Kernel"],
        ["TwilioEmu.Scenarios"] = ["TwilioEmu.Carrier", "TwilioEmu.Kernel"],
        ["TwilioEmu.Products"] = ["TwilioEmu.Rest", "TwilioEmu.Webhooks", "TwilioEmu.Carrier", "TwilioEmu.Media", "TwilioEmu.Kernel"],
        ["TwilioEmu.Rest"] = ["TwilioEmu.Kernel"],
        ["TwilioEmu.Webhooks"] = ["TwilioEmu.Kernel"],
        ["TwilioEmu.Carrier"] = ["TwilioEmu.Sip", "TwilioEmu.Media", "TwilioEmu.Kernel"],
        ["TwilioEmu.Media"] = [],
        ["TwilioEmu.Sip"] = [],
        ["TwilioEmu.Kernel"] = [],
    };

    /// <summary>Rooms of <c>TwilioEmu.Products</c>, and the siblings each may import; what is not named imports none.</summary>
    /// <remarks><c>Verify, Conversations, Proxy, Notify, Studio -> Messaging, Voice -> Numbers -> Accounts</c>, and both doors of TwiML.</remarks>
    public static IReadOnlyDictionary<string, string[]> Products { get; } = new Dictionary<string, string[]>
    {
        ["Numbers"] = ["Accounts"],
        ["DialingPermissions"] = ["Numbers", "Accounts"],
        ["Pricing"] = ["Numbers", "Accounts"],
        ["Usage"] = ["Pricing", "Accounts"],
        ["Lookup"] = ["Numbers", "Accounts"],
        ["Messaging"] = ["Twiml", "Numbers", "Accounts"],
        ["Voice"] = ["Twiml", "Numbers", "Accounts"],
        ["TestCredentials"] = ["Messaging", "Voice"],
        ["Verify"] = ["Messaging", "Voice", "Numbers", "Accounts"],
        ["Conversations"] = ["Messaging", "Voice", "Numbers", "Accounts"],
        ["Proxy"] = ["Messaging", "Voice", "Numbers", "Accounts"],
        ["Notify"] = ["Messaging", "Voice", "Numbers", "Accounts"],
        ["Studio"] = ["Messaging", "Voice", "Numbers", "Accounts"],
    };

    /// <summary>Files that may lie at the top of a project beside its csproj and README: the type one starts reading at.</summary>
    public static IReadOnlyDictionary<string, string[]> EntryFiles { get; } = new Dictionary<string, string[]>
    {
        ["TwilioEmu"] = ["Program.cs"],
        ["TwilioEmu.Host"] = ["TwilioEmuHost.cs"],
        ["TwilioEmu.Client"] = ["EmulatorClient.cs"],
        ["TwilioEmu.Rest"] = ["FrontDoor.cs"],
        ["TwilioEmu.Kernel"] = ["World.cs", "WorldOptions.cs"],
    };

    /// <summary>Projects whose public types may share a namespace, so that a test needs one <c>using</c> for all; the folders stay what they are.</summary>
    public static IReadOnlyDictionary<string, string> SharedNamespaces { get; } = new Dictionary<string, string>
    {
        ["TwilioEmu.Client"] = "TwilioEmu",
        ["TwilioEmu.Host"] = "TwilioEmu",
    };

    /// <summary>Names that say nothing about what is in the folder.</summary>
    public static IReadOnlyList<string> EmptyFolderNames { get; } = ["Helpers", "Helper", "Utils", "Util", "Utilities", "Common", "Shared", "Internal", "Misc", "Core"];

    /// <summary>Lines beyond which a file is two.</summary>
    public const int MaxLineCount = 400;
}
