using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Directory;

/// <summary>twilio.com/docs/iam/api/subaccounts.</summary>
public sealed class SubaccountTests : IAsyncDisposable
{
    private const string Accounts = "/2010-04-01/Accounts.json";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task An_account_has_a_thousand_subaccounts_and_no_more()
    {
        await _rest.World.Loop.RunAsync(
            () =>
            {
                for (var i = 0; i < 999; i++) _rest.Accounts.Create(
                new AccountSpec { FriendlyName = "s", Owner = AccountBook.DefaultSid });
            },
            default);

        (await _rest.PostAsync(Accounts)).Status.Should().Be(201);
        (await _rest.PostAsync(Accounts)).Code.Should().Be(21480);
    }

    [Fact]
    public async Task A_status_that_is_none_is_21475()
    {
        var sub = await _rest.PostAsync(Accounts);

        (await _rest.PostAsync($"/2010-04-01/Accounts/{sub["sid"]}.json", "Status", "asleep")).Code.Should().Be(21475);
    }

    [Fact]
    public async Task What_Twilio_suspended_no_parent_reactivates()
    {
        var sub = await CreateAsync(
            new AccountSpec { FriendlyName = "s", Owner = AccountBook.DefaultSid, Status = AccountStatus.Suspended });

        (await _rest.PostAsync($"/2010-04-01/Accounts/{sub.Sid}.json", "Status", "active")).Code.Should().Be(21478);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Balance.json", sub.Sid.Value, sub.AuthToken)).Code.Should().Be(20005);
    }

    [Fact]
    public async Task A_closed_one_stays_closed_and_closing_again_is_no_fault()
    {
        var own = $"/2010-04-01/Accounts/{(await _rest.PostAsync(Accounts))["sid"]}.json";

        (await _rest.PostAsync(own, "Status", "closed"))["status"].Should().Be("closed");

        (await _rest.PostAsync(own, "Status", "suspended")).Code.Should().Be(21479);
        (await _rest.PostAsync(own, "Status", "closed")).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_subaccount_may_not_change_its_own_status_but_its_name()
    {
        var sub = await _rest.PostAsync(Accounts);
        var own = $"/2010-04-01/Accounts/{sub["sid"]}.json";

        (await _rest.SendAsync("POST", own, "Status=closed", "application/x-www-form-urlencoded", sub["sid"], sub["auth_token"])).Code
            .Should().Be(20003);
        (await _rest.SendAsync("POST", own, "FriendlyName=mine", "application/x-www-form-urlencoded", sub["sid"], sub["auth_token"]))[
            "friendly_name"].Should().Be("mine");
    }

    [Fact]
    public async Task With_its_parent_suspended_a_subaccount_may_not_act()
    {
        var parent = await CreateAsync(new AccountSpec { FriendlyName = "p", Status = AccountStatus.Suspended });
        var sub = await CreateAsync(new AccountSpec { FriendlyName = "s", Owner = parent.Sid });

        (await _rest.GetAsync($"/2010-04-01/Accounts/{parent.Sid}/Balance.json", parent.Sid.Value, parent.AuthToken)).Code
            .Should().Be(20005);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub.Sid}/Balance.json", sub.Sid.Value, sub.AuthToken)).Code.Should().Be(20005);
    }

    [Fact]
    public async Task Names_have_sixty_four_characters()
    {
        (await _rest.PostAsync(Accounts, "FriendlyName", new string('x', 64))).Status.Should().Be(201);
        (await _rest.PostAsync(Accounts, "FriendlyName", new string('x', 65))).Code.Should().Be(20002);
    }

    [Fact]
    public async Task A_subaccounts_own_keys_open_it_and_die_with_it()
    {
        var sub = new AccountSid((await _rest.PostAsync(Accounts))["sid"]!);
        var key = await _rest.PostAsync($"/2010-04-01/Accounts/{sub}/Keys.json");
        var path = $"/2010-04-01/Accounts/{sub}/Balance.json";

        (await _rest.GetAsync(path, key["sid"]!, key["secret"])).Status.Should().Be(200);
        (await _rest.GetAsync("Balance.json", key["sid"]!, key["secret"])).Code.Should().Be(20003);
        await _rest.PostAsync($"/2010-04-01/Accounts/{sub}.json", "Status", "closed");
        (await _rest.GetAsync(path, key["sid"]!, key["secret"])).Code.Should().Be(20005);
    }

    private Task<Account> CreateAsync(AccountSpec spec) => _rest.World.Loop.RunAsync(() => _rest.Accounts.Create(spec), default);
}
