using System.Globalization;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Hosting;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Commands;

/// <summary>What an emulator says of itself when it is ready: one line for programs, then a line for each thing a person needs.</summary>
internal static class ReadyWords
{
    private const string Phone = "+14155550199";

    /// <summary>The one line that says that it is ready and where everything is.</summary>
    public static string Line(EmulatorServer server, EmulatorOptions options, long seed)
    {
        var numbers = server.Config.Numbers.Count switch
        {
            0 => "no numbers",
            <= 3 => string.Join(' ', server.Config.Numbers.Select(n => n.Number)),
            var many => $"{many} numbers",
        };
        var doors = $"REST {server.Url}  TLS {server.TlsUrl ?? "off"}{If("SIP", server.SipAddress)}{If("SMPP", server.SmppAddress)}";
        var world = string.Create(CultureInfo.InvariantCulture, $"clock {options.Clock}  seed {seed}");
        return $"twilioemu is ready: {doors}  control {server.Url}/_emu/v1  account {server.Config.Accounts[0].Sid}  {numbers}  {world}"
            + If("UI", server.UiUrl);

        static string If(string word, object? value) => value is null ? "" : $"  {word} {value}";
    }

    /// <summary>A page of the UI: what stands behind <c>#</c> stays at the end.</summary>
    private static string Within(string uiUrl, string page) =>
        uiUrl.IndexOf('#', StringComparison.Ordinal) is > 0 and var at ? uiUrl[..at] + page + uiUrl[at..] : uiUrl + page;

    /// <summary>The lines for people.</summary>
    /// <param name="config">What the world was built from.</param>
    /// <param name="uiUrl">Where a browser finds the page; null for nowhere.</param>
    /// <param name="url">Where HTTP is.</param>
    /// <param name="tlsUrl">Where TLS is; null for nowhere.</param>
    /// <param name="configFile">The config file in use; null for none.</param>
    /// <param name="environmentToken">TWILIO_AUTH_TOKEN as it stands in the environment: perhaps a real one, so it is not shown.</param>
    public static IEnumerable<string> Lines(
        WorldConfig config, string? uiUrl, string url, string? tlsUrl, string? configFile, string? environmentToken)
    {
        var account = config.Accounts[0];
        if (uiUrl is not null)
        {
            yield return $"  open            {uiUrl}";
            yield return $"  what happened   {Within(uiUrl, "latest")}";
        }
        yield return $"  REST and proxy  {url}";
        yield return $"  TLS             {tlsUrl ?? "off"}";
        yield return $"  control API     {url}/_emu/v1";
        yield return $"  account         {account.Sid}";
        var isShown = account.AuthToken is { } token && (token != environmentToken || token == AccountBook.DefaultToken);
        yield return $"  auth token      {(isShown ? account.AuthToken : "as in TWILIO_AUTH_TOKEN")}";
        yield return $"  config file     {configFile ?? "none (twilioemu.yaml, or --config FILE)"}";
        if (config.Numbers is [{ Number: var number }, ..])
        {
            var others = (config.Numbers.Count - 1).ToString(CultureInfo.InvariantCulture);
            yield return $"  number          {number}{(config.Numbers.Count > 1 ? $" and {others} more" : "")}";
            yield return $"  text it         curl {url}/_emu/v1/handsets/{Phone}/messages -H content-type:application/json -d "
                + $"'{{\"to\":\"{number}\",\"body\":\"hello\"}}'";
        }
        else yield return "  number          none (numbers: in the config file, or buy one by the API)";
        yield return "  your app        twilioemu env prints the variables it needs; twilioemu exec -- COMMAND runs it with them";
        yield return "  stories, docs   twilioemu run FILE.yaml; scenarios/README.md, docs/";
    }
}
