using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Options;

/// <summary>Variables that look like options of ours and are none: a mistyped one would have no effect and nobody would know.</summary>
internal static class UnknownVariables
{
    /// <summary>What <c>exec</c> gives its command; an emulator started below it inherits it.</summary>
    private static readonly string[] NoOptions = ["TWILIOEMU_URL"];

    /// <summary>A line for each, in order of name.</summary>
    /// <param name="variables">Names of the environment.</param>
    /// <param name="known">Names of variables that are options.</param>
    public static IEnumerable<string> Tell(IEnumerable<string> variables, IReadOnlyCollection<string> known) => variables
        .Where(v => v.StartsWith(ServeSetting.VariablePrefix, StringComparison.OrdinalIgnoreCase) && !known.Contains(v) && !NoOptions.Contains(v))
        .Order(StringComparer.Ordinal)
        .Select(v => $"{v} is no option and has no effect{Spelling.Hint(v.ToUpperInvariant(), known)}");
}
