using System.Collections.Frozen;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>What a story may say it bears with: <c>allows: [alerts]</c>.</summary>
[Flags]
public enum Allowances
{
    None = 0,

    /// <summary>Errors of the app that Twilio's debugger would show.</summary>
    Alerts = 1,

    /// <summary>Something the emulator does not do.</summary>
    NotEmulated = 2,

    /// <summary>Scripts of phones that the end of the call cut short.</summary>
    CutShort = 4,
}

/// <summary>The words on paper.</summary>
internal static class AllowanceWords
{
    public static readonly FrozenDictionary<string, Allowances> All = new Dictionary<string, Allowances>
    {
        ["alerts"] = Allowances.Alerts,
        ["not_emulated"] = Allowances.NotEmulated,
        ["cut_short"] = Allowances.CutShort,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
