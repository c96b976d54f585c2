using System.CommandLine;
using TwilioEmu.Access;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Options;

/// <summary>The options that say who is let in.</summary>
internal sealed class ControlOptions
{
    private readonly Option<string?> _token = TokenOption();

    private readonly Option<string?> _cors = OptionTable.Text(
        "--cors", "origins whose pages may use the emulator from a browser, comma-separated: http://localhost:3000; * is any, for REST alone (none)");

    private readonly Option<string?> _ui = OptionTable.Text("--ui", "on, or off: the web UI is not served (on)");

    public IEnumerable<Option<string?>> All => [_token, _cors, _ui];

    /// <summary>The option by which other commands carry the token.</summary>
    public static Option<string?> TokenOption() => OptionTable.Text(
        "--control-token", "what the control API asks for (Authorization: Bearer TOKEN); off asks for nothing (nothing when only this machine reaches the port, else one made and printed at the start)");

    /// <summary>Weighs all sources.</summary>
    public EmulatorOptions Read(ParseResult parsed, ServeOptions file, EmulatorOptions options, List<string> errors)
    {
        var given = OptionTable.Given(parsed, _token) ?? file.ControlToken;
        if (given is not null && AccessOptions.Wrong(given) is { } wrong) errors.Add($"--control-token: {wrong}");
        var origins = (OptionTable.Given(parsed, _cors) ?? file.Cors ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var origin in origins.Where(o => o != AccessOptions.Anyone && Origin.Parse(o) is null)) errors.Add($"--cors holds origins such as http://localhost:3000, not \"{origin}\"");
        var ui = OptionTable.Given(parsed, _ui);
        if (ui is not (null or "on" or "off")) errors.Add($"--ui is on or off, not \"{ui}\"");
        var token = AccessOptions.TokenFor(given, options.Host);
        options = options with { ServesUi = ui is null ? file.ServesUi ?? true : ui == "on" };
        return options with { Access = new AccessOptions { ControlToken = token, CorsOrigins = origins }, IsControlTokenMade = token is not null && given is null };
    }
}
