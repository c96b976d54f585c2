namespace TwilioEmu.Console.Terminal;

/// <summary>How much of what happens is printed.</summary>
public enum ConsoleDetail
{
    /// <summary>Warnings and errors.</summary>
    Quiet,

    /// <summary>One line for each event a developer looks for.</summary>
    Normal,

    /// <summary>Every entry of the journal.</summary>
    All,
}

/// <summary>How it is printed.</summary>
public enum ConsoleFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>What the console says, and how.</summary>
/// <param name="Detail">How much.</param>
/// <param name="Format">For whom.</param>
/// <param name="IsColoured">True on a terminal that wants it.</param>
/// <param name="Zone">Of the hours shown: local where time is real, UTC where it is made.</param>
public sealed record ConsoleSettings(ConsoleDetail Detail, ConsoleFormat Format, bool IsColoured, TimeZoneInfo Zone)
{
    /// <summary>The address whose web UI shows what went wrong, without a slash at its end; null for none.</summary>
    public string? PageOrigin { get; init; }

    /// <summary>Values of <c>--log</c>.</summary>
    public static IReadOnlyList<(string Word, ConsoleDetail Detail)> Details { get; } =
        [("quiet", ConsoleDetail.Quiet), ("normal", ConsoleDetail.Normal), ("all", ConsoleDetail.All)];

    /// <summary>Values of <c>--log-format</c>.</summary>
    public static IReadOnlyList<(string Word, ConsoleFormat Format)> Formats { get; } =
    [
        ("text", ConsoleFormat.Text), ("json", ConsoleFormat.Json),
    ];

    /// <summary>True where colours are seen and wanted: a terminal, and no NO_COLOR (no-color.org), TERM not <c>dumb</c>.</summary>
    /// <param name="isRedirected">True when the output is a file or a pipe.</param>
    /// <param name="environment">Gives a variable of the environment, or null.</param>
    public static bool WantsColour(bool isRedirected, Func<string, string?> environment) =>
        !isRedirected && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
}
