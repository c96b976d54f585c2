using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Options;

/// <summary>Variables that look like options of ours and are none: a mistyped one would have no effect and nobody would know.</summary>
internal static class UnknownVariables
{
    /// <summary>What <c>exec</c> gives its command; an emulator started below it inherits it.</summary>
    private static readonly string[] NoOptions = ["TWILIOEMU_URL"];

    private const string Beginning = "TWILIOEMU";

    /// <summary>A line for each, in order of name.</summary>
    /// <param name="variables">Names of the environment.</param>
    /// <param name="known">Names of variables that are options.</param>
    public static IEnumerable<string> Tell(IEnumerable<string> variables, IReadOnlyCollection<string> known) => variables
        .Where(v => IsLike(v) && !known.Contains(v) && !NoOptions.Contains(v))
        .Order(StringComparer.Ordinal)
        .Select(v => $"{v} is no option and has no effect{Spelling.Hint(v.ToUpperInvariant(), known)}");

    /// <summary>
    /// TWILIO_EMU_PORT and twilioemu_port too; not TWILIOEMU alone, by which the helper for Node finds the program,
    /// nor what begins with an underscore.
    /// </summary>
    private static bool IsLike(string variable) =>
        !variable.StartsWith('_') && variable.Replace("_", "", StringComparison.Ordinal) is { Length: > 9 } letters
            && letters.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase);
}
