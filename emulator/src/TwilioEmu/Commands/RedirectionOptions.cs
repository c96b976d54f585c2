using System.CommandLine;
using TwilioEmu.Access;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Tls;

namespace TwilioEmu.Commands;

/// <summary>The options by which commands beside the emulator find it, its CA and its first account.</summary>
internal sealed class RedirectionOptions
{
    private readonly Option<string?> _url =
        OptionTable.Text("--url", "the emulator as the app reaches it, such as http://twilioemu:4010 (http://127.0.0.1:PORT)");
    private readonly OptionTable _options = new([
        ServeSettings.Port with { Means = "HTTP port of an emulator on this machine (4010)" }, ServeSettings.Config,
        ServeSettings.ControlToken, .. ServeSettings.OfCa,
    ]);

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        _options.AddTo(command);
    }

    /// <summary>What was asked; null after saying what is wrong.</summary>
    public Asked? Read(ParseResult parsed)
    {
        var errors = new List<string>();
        var given = _options.Read(parsed, ServeOptions.None, errors);
        var file = given.Get(ServeSettings.Config);
        if (!ConfigFiles.TryRead(file ?? ConfigFiles.UsualPath, file is not null, out var config)) return null;
        errors.Clear();
        var asked = _options.Read(parsed, config.Options, errors);
        errors.AddRange(EmulatorOptions.Lacks(asked));
        if (given.Get(ServeSettings.Port) == 0) errors.Add("--port: an emulator listens at a port from 1 to 65535");
        var near = new Uri($"http://127.0.0.1:{(asked.Get(ServeSettings.Port) is > 0 and var port ? port : EmulatorOptions.UsualPort)}");
        var url = near;
        if (parsed.GetValue(_url) is { } named && (!Uri.TryCreate(named, UriKind.Absolute, out url!) || url.Scheme != "http"))
        {
            errors.Add($"--url is an http URL, not \"{named}\"");
        }
        foreach (var error in errors) System.Console.Error.WriteLine($"twilioemu: {error}");
        // The app may know the emulator by a name that means nothing here, and one on this machine may have no port but that of its URL.
        return errors.Count > 0
            ? null
            : new Asked(
                url, given.Says(ServeSettings.Port) || url == near ? [near] : [url, near], EmulatorOptions.CaOf(asked), config,
                asked.Get(ServeSettings.ControlToken) is not AccessOptions.Off and var token ? token : null);
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
            ? (sid.Value, token)
            : (Of("TWILIO_ACCOUNT_SID", AccountBook.DefaultSid.Value), Of("TWILIO_AUTH_TOKEN", AccountBook.DefaultToken));

        private static string Of(string name, string usual) =>
            Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : usual;
    }
}
