using System.Text;
using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Sets up a story's <c>given</c> in an emulator that runs already, and takes it back.</summary>
/// <remarks>
/// Numbers are bought as a program would buy them. What only a world's beginning can say (its app, verified caller IDs, limits, rates, clock) is refused:
/// such a story needs a world of its own. Seed and ports are the running emulator's.
/// </remarks>
internal sealed class RemoteGiven(ControlClient control)
{
    private readonly List<StoryAccount> _accounts = [];
    private readonly List<(StoryAccount Owner, string Path)> _bought = [];
    private readonly HashSet<string> _taught = new(StringComparer.Ordinal);
    private bool _isStopped;

    public IReadOnlyList<StoryAccount> Accounts => _accounts;

    public async Task SetUpAsync(Scenario scenario, string? mode, CancellationToken cancellation)
    {
        var given = scenario.Given;
        if (Beginnings(given) is { Count: > 0 } beginnings)
        {
            throw new StoryException($"{string.Join(", ", beginnings)} can be given to a world of the story's own only: run it without --base-url");
        }
        if (mode == "auto") await SwitchAsync("manual", cancellation);
        _isStopped = mode == "auto";
        foreach (var account in given.Accounts.DefaultIfEmpty(new AccountConfig(null, null, scenario.Name[..Math.Min(64, scenario.Name.Length)])))
        {
            _accounts.Add(await OpenAsync(account, cancellation));
        }
        foreach (var number in given.Numbers) await BuyAsync(number, cancellation);
        foreach (var handset in given.Handsets) await BehaveAsync(handset.Number, handset.Behaviour, cancellation);
    }

    /// <summary>Says how a phone behaves; it forgets that when the story ends.</summary>
    public Task BehaveAsync(string number, HandsetBehaviour behaviour, CancellationToken cancellation)
    {
        _taught.Add(number);
        return control.AskAsync("PUT", $"/handsets/{number}", json => HandsetWriter.WriteMembers(json, behaviour), 0, cancellation);
    }

    /// <summary>Releases the numbers and lets phones be as they were.</summary>
    public async Task TakeBackAsync()
    {
        try
        {
            foreach (var (owner, path) in _bought)
            {
                await control.SendAsync(new HttpAsk("DELETE", new Uri(control.BaseUrl, path), owner.Sid, owner.AuthToken), CancellationToken.None);
            }
            foreach (var number in _taught) await control.AskAsync("PUT", $"/handsets/{number}", static _ => { }, 0, CancellationToken.None);
            if (_isStopped) await SwitchAsync("auto", CancellationToken.None);
        }
        catch (StoryException)
        {
            // The emulator is gone, and with it all that was to be taken back.
        }
    }

    private Task SwitchAsync(string mode, CancellationToken cancellation) =>
        control.AskAsync("PUT", "/clock", json => json.WriteString("mode", mode), 0, cancellation);

    private static List<string> Beginnings(WorldConfig given)
    {
        var names = new List<string>();
        if (given.App.Pages.Count > 0) names.Add("app");
        if (given.PublicNames.Count > 0) names.Add("public_names");
        if (given.CallerIds.Count > 0) names.Add("caller_ids");
        if (given.CallsPerSecond is not null) names.Add("calls_per_second");
        if (given.Accounts.Any(a => a.NeedsBeginning)) names.Add("accounts with more than sid, auth_token and friendly_name");
        if (given.Limits != new LimitsConfig()) names.Add("limits");
        if (given.Options.Clock is not null) names.Add("clock");
        if (given.Options.StoresUnbuilt is not null) names.Add("unbuilt");
        if (given.Options.AppCa is not null) names.Add("app_ca");
        if (given.Options.TrustsAnyApp is not null) names.Add("app_tls");
        if (given.Numbers.Any(n => n.MessagesPerSecond is not null)) names.Add("messages_per_second");
        if (given.Numbers.Any(n => !n.Number.StartsWith('+'))) names.Add("short codes");
        return names;
    }

    private async Task<StoryAccount> OpenAsync(AccountConfig account, CancellationToken cancellation)
    {
        var opened = await control.AskAsync("POST", "/accounts", json =>
        {
            if (account.Sid is not null) json.WriteString("sid", account.Sid);
            if (account.AuthToken is not null) json.WriteString("auth_token", account.AuthToken);
            if (account.FriendlyName is not null) json.WriteString("friendly_name", account.FriendlyName);
        }, 0, cancellation);
        return new StoryAccount(
            opened.GetProperty("sid").GetString()!, opened.GetProperty("auth_token").GetString()!, opened.GetProperty("friendly_name").GetString() ?? "");
    }

    private async Task BuyAsync(NumberConfig number, CancellationToken cancellation)
    {
        var owner = number.Account is { } name ? _accounts.First(a => a.Sid == name || a.FriendlyName == name) : _accounts[0];
        var form = Parameters(number).Where(p => p.Value is not null).Select(p => new KeyValuePair<string, string>(p.Name, p.Value!)).ToList();
        var ask = FormBody.ToAsk(control.BaseUrl, owner, "POST", $"/2010-04-01/Accounts/{owner.Sid}/IncomingPhoneNumbers.json", form);
        var reply = await control.SendAsync(ask, cancellation);
        if (reply.Status != 201) throw new StoryException($"the number {number.Number} was not to be had ({reply.Status}): {Encoding.UTF8.GetString(reply.Body.Span)}");
        using var bought = JsonDocument.Parse(reply.Body);
        _bought.Add((owner, bought.RootElement.GetProperty("uri").GetString()!));
    }

    private static IEnumerable<(string Name, string? Value)> Parameters(NumberConfig number) =>
    [
        ("PhoneNumber", number.Number),
        ("FriendlyName", number.FriendlyName),
        ("SmsUrl", number.SmsUrl),
        ("SmsMethod", number.SmsMethod),
        ("SmsFallbackUrl", number.SmsFallbackUrl),
        ("SmsFallbackMethod", number.SmsFallbackMethod),
        ("VoiceUrl", number.VoiceUrl),
        ("VoiceMethod", number.VoiceMethod),
        ("VoiceFallbackUrl", number.VoiceFallbackUrl),
        ("VoiceFallbackMethod", number.VoiceFallbackMethod),
        ("StatusCallback", number.StatusCallback),
        ("StatusCallbackMethod", number.StatusCallbackMethod),
    ];
}
