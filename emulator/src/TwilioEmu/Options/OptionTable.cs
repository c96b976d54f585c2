using System.CommandLine;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Options;

/// <summary>
/// Options of a command: on the command line, and in the environment as <c>TWILIOEMU_NAME</c>. The rows are <see cref="ServeSettings"/>.
/// </summary>
/// <remarks>The command line beats the environment, the environment beats the file, the file beats the default.</remarks>
internal sealed class OptionTable
{
    private readonly IReadOnlyList<(ServeSetting Setting, Option<string?> Option)> _options;

    /// <param name="settings">Of a command that takes a few; all by default.</param>
    public OptionTable(params ServeSetting[] settings) =>
        _options =
        [
            .. (settings.Length > 0 ? settings : ServeSettings.All)
                .Select(s => (s, new Option<string?>(s.Flag) { Description = s.Means, Hidden = !s.IsBuilt })),
        ];

    /// <summary>The variables that are options.</summary>
    public static IReadOnlyCollection<string> Variables { get; } = [.. ServeSettings.All.Select(s => s.Variable)];

    /// <summary>The environment; tests put their own.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (_, option) in _options) command.Options.Add(option);
    }

    /// <summary>Weighs command line and environment over what a file says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">What the config file says.</param>
    /// <param name="errors">Takes one line for each bad value.</param>
    public ServeOptions Read(ParseResult parsed, ServeOptions file, List<string> errors)
    {
        var options = file;
        foreach (var (setting, option) in _options)
        {
            if (Given(parsed, setting, option) is not var (text, source)) continue;
            options = ServeSettings.Put(setting, options, text, out var wrong);
            if (wrong is not null) errors.Add($"{source}: {wrong}{(source == setting.Flag ? "" : CureOfVariable(text))}");
        }
        return options;
    }

    /// <summary>Beside a value that is right but for what a file of variables left in it.</summary>
    /// <remarks><c>docker --env-file</c> takes quotes and line ends of Windows as they stand.</remarks>
    internal static string CureOfVariable(string value) => value switch
    {
        ['"', .., '"'] or ['\'', .., '\''] => " (the quotes are part of the value, as docker's --env-file takes them: leave them out)",
        [.., '\r'] => " (the value ends in a carriage return: save the file with the line ends of Unix)",
        // kubernetes.io/docs/concepts/services-networking/service, "Environment variables".
        _ when value.StartsWith("tcp://", StringComparison.Ordinal) =>
            " (Kubernetes sets such variables for a Service called twilioemu: call it otherwise, or set enableServiceLinks: false)",
        [' ', ..] or [.., ' '] => " (blanks stand around the value)",
        _ => "",
    };

    /// <summary>An option of one command alone, which is in no file and no variable.</summary>
    internal static Option<string?> Text(string name, string description) => new(name) { Description = description };

    /// <summary>What was said, and where: an option's name or a variable's.</summary>
    private (string Text, string Source)? Given(ParseResult parsed, ServeSetting setting, Option<string?> option)
    {
        if (parsed.GetValue(option) is { } value) return (value, setting.Flag);
        var environment = Variable(setting.Variable);
        return string.IsNullOrEmpty(environment) ? null : (environment, setting.Variable);
    }
}
