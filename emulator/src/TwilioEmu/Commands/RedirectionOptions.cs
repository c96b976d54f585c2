using System.CommandLine;
using System.Globalization;
using TwilioEmu.Access;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Tls;

namespace TwilioEmu.Commands;

/// <summary>The options by which commands beside the emulator find it, its CA and its first account.</summary>
internal sealed class RedirectionOptions
{
    private readonly Option<string?> _url = OptionTable.Text("--url", "the emulator as the app reaches it, such as http://twilioemu:4010 (http://127.0.0.1:PORT)");
    private readonly Option<string?> _port = OptionTable.Text("--port", "HTTP port of an emulator on this machine (4010)");
    private readonly Option<string?> _config = OptionTable.Text("--config", "the emulator's config file (twilioemu.yaml if present)");
    private readonly Option<string?> _controlToken = ControlOptions.TokenOption();
    private readonly NetworkOptions _network = new();

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _url, _port, _config, _controlToken }.Concat(_network.OfCa)) command.Options.Add(option);
    }

    /// <summary>What was asked; null after saying what is wrong.</summary>
    public Asked? Read(ParseResult parsed)
    {
        var given = OptionTable.Given(parsed, _config);
        if (!ConfigFiles.TryRead(given ?? "twilioemu.yaml", given is not null, out var config)) return null;
        var errors = new List<string>();
        var ca = _network.ReadCa(parsed, config.Options, errors);
        var port = config.Options.Port ?? 4010;
        if (OptionTable.Given(parsed, _port) is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > OptionTable.MaxPort))
        {
            errors.Add($"--port is a number from 1 to {OptionTable.MaxPort}, not \"{text}\"");
        }
        var near = new Uri($"http://127.0.0.1:{(port is >= 1 and <= OptionTable.MaxPort ? port : 4010)}");
        var url = near;
        if (OptionTable.Given(parsed, _url) is { } named && (!Uri.TryCreate(named, UriKind.Absolute, out url!) || url.Scheme != "http"))
        {
            errors.Add($"--url is an http URL, not \"{named}\"");
        }
        var token = OptionTable.Given(parsed, _controlToken) ?? config.Options.ControlToken;
        if (token is not null && AccessOptions.Wrong(token) is { } wrong) errors.Add($"--control-token: {wrong}");
        foreach (var error in errors) System.Console.Error.WriteLine($"twilioemu: {error}");
        // The app may know the emulator by a name that means nothing here, and one on this machine may have no port but that of its URL.
        var isPortAsked = OptionTable.Given(parsed, _port) is not null;
        return errors.Count > 0 ? null : new Asked(url, isPortAsked || url == near ? [near] : [url, near], ca, config, token == AccessOptions.Off ? null : token);
    }

    /// <param name="Url">The emulator as the app reaches it.</param>
    /// <param name="Near">The emulator as this command may reach it, best first.</param>
    /// <param name="Ca">Where its root is kept, if it is.</param>
    /// <param name="Config">Its config file.</param>
    /// <param name="ControlToken">What its control API asks for, where that is known.</param>
    public sealed record Asked(Uri Url, IReadOnlyList<Uri> Near, CaSource Ca, WorldConfig Config, string? ControlToken)
    {
        /// <summary>The first account of an emulator that does not tell: the file's, the environment's, or the usual one.</summary>
        public (string Sid, string Token) Account => Config.Accounts is [{ Sid: { } sid, AuthToken: { } token }, ..]
            ? (sid, token)
            : (Of("TWILIO_ACCOUNT_SID", AccountBook.DefaultSid.Value), Of("TWILIO_AUTH_TOKEN", AccountBook.DefaultToken));

        private static string Of(string name, string usual) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : usual;
    }
}
