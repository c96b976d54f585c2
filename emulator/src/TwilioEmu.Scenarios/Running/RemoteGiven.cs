using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Sets up a story's <c>given</c> in an emulator that runs already, and takes it back.</summary>
/// <remarks>
/// Numbers are bought as a program would buy them; one that the account has already is used, and is afterwards as it was.
/// What only a world's beginning can say (its app, verified caller IDs, limits, rates, clock) is refused:
/// such a story needs a world of its own. Seed and ports are the running emulator's.
/// </remarks>
internal sealed class RemoteGiven(ControlClient control, StoryAccount? usual)
{
    private readonly List<StoryAccount> _accounts = [];
    private readonly RemoteNumbers _numbers = new(control);
    private readonly HashSet<string> _taught = new(StringComparer.Ordinal);
    private bool _isStopped;

    public IReadOnlyList<StoryAccount> Accounts => _accounts;

    public async Task SetUpAsync(Scenario scenario, string? mode, CancellationToken cancellation)
    {
        var given = scenario.Given;
        if (Beginnings(given) is { Count: > 0 } beginnings)
        {
            throw new StoryException($"{string.Join(", ", beginnings)} can be given to a world of the story's own only: run it "
                + "without --base-url");
        }
        if (mode == "auto") await SwitchAsync("manual", cancellation);
        _isStopped = mode == "auto";
        if (given.Accounts.Count == 0 && usual is not null && await _numbers.OwnsAnyAsync(usual, given.Numbers, cancellation))
        {
            _accounts.Add(usual);
        }
        else if (given.Accounts.Count == 0)
        {
            _accounts.Add(await OpenAsync(
                new AccountSpec { FriendlyName = scenario.Name[..Math.Min(64, scenario.Name.Length)] }, cancellation));
        }
        foreach (var account in given.Accounts) _accounts.Add(await OpenAsync(account, cancellation));
        foreach (var number in given.Numbers) await _numbers.TakeAsync(OwnerOf(number), number, cancellation);
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
            await _numbers.GiveBackAsync();
            foreach (var number in _taught)
            {
                await control.AskAsync("PUT", $"/handsets/{number}", static _ => { }, 0, CancellationToken.None);
            }
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
        if (given.Registrations != new RegistrationRules()) names.Add("registrations");
        if (given.Services.Count > 0) names.Add("messaging_services");
        if (given.Channels.Count > 0) names.Add("channel_senders");
        if (given.Templates.Count > 0) names.Add("content_templates");
        if (given.CallerIds.Count > 0) names.Add("caller_ids");
        if (given.CallsPerSecond is not null) names.Add("calls_per_second");
        if (given.Accounts.Any(a => a.NeedsBeginning)) names.Add("accounts with more than sid, auth_token and friendly_name");
        if (given.Limits != new LimitsConfig()) names.Add("limits");
        names.AddRange(ServeSettings.All.Where(s => s.IsOfWorld && given.Options.Says(s)).Select(s => s.Key));
        if (given.Numbers.Any(n => n.MessagesPerSecond is not null)) names.Add("messages_per_second");
        if (given.Numbers.Any(n => !n.Number.StartsWith('+'))) names.Add("short codes");
        return names;
    }

    private StoryAccount OwnerOf(PhoneNumberSpec number) =>
        number.Account is { } name ? _accounts.First(a => a.Sid == name || a.FriendlyName == name) : _accounts[0];

    private async Task<StoryAccount> OpenAsync(AccountSpec account, CancellationToken cancellation)
    {
        const int Taken = 409;
        var opened = await control.AskAsync("POST", "/accounts", json =>
        {
            if (account.Sid is { } asked) json.WriteString("sid", asked.Value);
            if (account.AuthToken is not null) json.WriteString("auth_token", account.AuthToken);
            if (account.FriendlyName is not null) json.WriteString("friendly_name", account.FriendlyName);
        }, Taken, cancellation);
        if (opened.TryGetProperty("sid", out var sid))
        {
            return new StoryAccount(
                sid.GetString()!, opened.GetProperty("auth_token").GetString()!, opened.GetProperty("friendly_name").GetString() ?? "");
        }
        // It is there already: the story's, if the token opens it.
        var known = new StoryAccount(account.Sid?.Value ?? "", account.AuthToken ?? "", account.FriendlyName ?? "");
        var path = new Uri(control.BaseUrl, $"/2010-04-01/Accounts/{known.Sid}.json");
        if ((await control.SendAsync(new HttpAsk("GET", path, known.Sid, known.AuthToken), cancellation)).Status == 200) return known;
        throw new StoryException($"there is an account {known.Sid} already, and the story's auth_token does not open it");
    }
}
