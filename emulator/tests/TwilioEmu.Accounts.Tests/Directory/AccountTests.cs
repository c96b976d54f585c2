using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Directory;

public sealed class AccountTests : IAsyncDisposable
{
    private const string Accounts = "/2010-04-01/Accounts.json";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task An_account_shows_itself_with_its_subresources()
    {
        var answer = await _rest.GetAsync($"/2010-04-01/Accounts/{RestWorld.Account}.json");

        answer["sid"].Should().Be(RestWorld.Account);
        answer["auth_token"].Should().Be(RestWorld.Token);
        answer["owner_account_sid"].Should().Be(RestWorld.Account);
        answer["status"].Should().Be("active");
        answer["type"].Should().Be("Full");
        answer.Json.GetProperty("subresource_uris").GetProperty("short_codes").GetString()
            .Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/SMS/ShortCodes.json");
    }

    [Fact]
    public async Task A_parents_token_acts_for_its_subaccount()
    {
        var sub = await SubAsync();

        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Balance.json")).Status.Should().Be(200);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Balance.json", sub.Sid, sub.Token)).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_subaccount_reaches_neither_its_parent_nor_a_sibling()
    {
        var (sub, sibling) = (await SubAsync(), await SubAsync());

        (await _rest.GetAsync("Balance.json", sub.Sid, sub.Token)).Code.Should().Be(20003);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sibling.Sid}/Balance.json", sub.Sid, sub.Token)).Code.Should().Be(20003);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{RestWorld.Account}.json", sub.Sid, sub.Token)).Code.Should().Be(20003);
    }

    [Fact]
    public async Task Accounts_never_see_each_others_things()
    {
        var sub = await SubAsync();
        var queue = await _rest.PostAsync("Queues.json", "FriendlyName", "mine");

        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Queues/{queue["sid"]}.json")).Code.Should().Be(20404);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Queues.json")).Json.GetProperty("queues").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_suspended_subaccount_may_not_act_until_its_parent_activates_it()
    {
        var sub = await SubAsync();
        var own = $"/2010-04-01/Accounts/{sub.Sid}.json";

        (await _rest.PostAsync(own, "Status", "suspended"))["status"].Should().Be("suspended");
        (await _rest.GetAsync(own, sub.Sid, sub.Token)).Code.Should().Be(20005);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Balance.json")).Code.Should().Be(20005);

        (await _rest.PostAsync(own, "Status", "active")).Status.Should().Be(200);
        (await _rest.GetAsync(own, sub.Sid, sub.Token)).Status.Should().Be(200);
    }

    [Fact]
    public async Task Closing_is_for_good_and_releases_the_numbers()
    {
        var sub = await SubAsync();
        await _rest.PostAsync($"/2010-04-01/Accounts/{sub.Sid}/IncomingPhoneNumbers.json", "PhoneNumber", "+14155550100");

        await _rest.PostAsync($"/2010-04-01/Accounts/{sub.Sid}.json", "Status", "closed");

        (await _rest.PostAsync($"/2010-04-01/Accounts/{sub.Sid}.json", "Status", "active")).Code.Should().Be(21479);
        (await _rest.World.Loop.RunAsync(() => _rest.Numbers.Find("+14155550100"), default)).Should().BeNull();
        var closed = (await _rest.EntriesAsync("account.closed")).Single();
        (await _rest.EntriesAsync("number.released")).Single().Cause.Should().Be(closed.Seq);
    }

    [Fact]
    public async Task A_parent_account_cannot_be_suspended_and_statuses_are_three()
    {
        var own = $"/2010-04-01/Accounts/{RestWorld.Account}.json";

        (await _rest.PostAsync(own, "Status", "suspended")).Code.Should().Be(21477);
        (await _rest.PostAsync($"/2010-04-01/Accounts/{(await SubAsync()).Sid}.json", "Status", "asleep")).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_subaccount_has_no_subaccounts()
    {
        var sub = await SubAsync();

        (await _rest.SendAsync("POST", Accounts, "FriendlyName=x", "application/x-www-form-urlencoded", sub.Sid, sub.Token)).Code
            .Should().Be(21101);
    }

    [Fact]
    public async Task A_subaccount_without_a_name_is_named_after_its_hour()
    {
        (await _rest.PostAsync(Accounts))["friendly_name"].Should().Be("SubAccount Created at 2026-01-05 09:00 am");
    }

    [Fact]
    public async Task The_list_is_the_family_newest_first_and_can_be_filtered()
    {
        await _rest.PostAsync(Accounts, "FriendlyName", "a");
        await _rest.PostAsync(Accounts, "FriendlyName", "b");

        Names(await _rest.GetAsync(Accounts)).Should().Equal("b", "a", "First");
        Names(await _rest.GetAsync(Accounts + "?FriendlyName=a")).Should().Equal("a");
        Names(await _rest.GetAsync(Accounts + "?Status=closed")).Should().BeEmpty();
        var first = await _rest.GetAsync(Accounts + "?PageSize=1");
        Names(await _rest.GetAsync(first["next_page_uri"]!)).Should().Equal("a");
    }

    [Fact]
    public async Task A_stranger_is_not_found()
    {
        (await _rest.GetAsync("/2010-04-01/Accounts/AC99999999999999999999999999999999.json")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_key_opens_the_door_but_not_accounts_keys_or_subaccounts()
    {
        var sub = await SubAsync();
        var key = await _rest.PostAsync("Keys.json", "FriendlyName", "ci");
        var (sid, secret) = (key["sid"]!, key["secret"]!);

        (await _rest.GetAsync("Balance.json", sid, secret)).Status.Should().Be(200);
        (await _rest.GetAsync("Balance.json", sid, "wrong")).Code.Should().Be(20003);
        (await _rest.GetAsync("Keys.json", sid, secret)).Code.Should().Be(20003);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{RestWorld.Account}.json", sid, secret)).Code.Should().Be(20003);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Balance.json", sid, secret)).Code.Should().Be(20003);
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_a_deleted_key_opens_nothing()
    {
        var key = await _rest.PostAsync("Keys.json", "FriendlyName", "ci");
        var path = $"Keys/{key["sid"]}.json";

        (await _rest.GetAsync(path)).Body.Should().NotContain(key["secret"]);
        (await _rest.PostAsync(path, "FriendlyName", "cd"))["friendly_name"].Should().Be("cd");
        (await _rest.GetAsync("SigningKeys.json")).Body.Should().Contain(key["sid"]);
        (await _rest.DeleteAsync(path)).Status.Should().Be(204);
        (await _rest.GetAsync("Balance.json", key["sid"]!, key["secret"])).Code.Should().Be(20003);
    }

    [Fact]
    public async Task Tokens_and_secrets_do_not_reach_the_journal()
    {
        var sub = await SubAsync();
        var key = await _rest.PostAsync("Keys.json");

        var lines = await _rest.World.Loop.RunAsync(() => _rest.World.Journal.After(0).Select(e => e.ToJson()).ToList(), default);

        string.Join('\n', lines).Should().NotContain(sub.Token).And.NotContain(key["secret"]);
    }

    private async Task<(string Sid, string Token)> SubAsync()
    {
        var sub = await _rest.PostAsync(Accounts, "FriendlyName", "sub");
        return (sub["sid"]!, sub["auth_token"]!);
    }

    private static IEnumerable<string?> Names(RestAnswer answer) =>
        answer.Json.GetProperty("accounts").EnumerateArray().Select(a => a.GetProperty("friendly_name").GetString());
}
