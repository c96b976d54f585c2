using TwilioEmu.Accounts.Directory;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Composition;

public sealed class AccountSetupTests : IAsyncDisposable
{
    private const string Digits = "00000000000000000000000000000001";
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Accounts_move_in_with_keys_apps_and_test_credentials()
    {
        var (book, accounts) = await MoveInAsync(
            new AccountConfig(null, null, "Main") { TestCredentials = new TestCredentialsConfig("AC" + Digits, "t"), Balance = 5 },
            new AccountConfig(null, null, "Shop")
            {
                Parent = "Main",
                ApiKeys = [new ApiKeyConfig("SK" + Digits, "s", "ci", ApiKeyType.Restricted, ["/twilio/voice/calls/read"])],
                OAuthApps = [new OAuthAppConfig("OQ" + Digits, "s", "app", ["/twilio/voice/calls/read"], null)],
                ConnectApps = [new ConnectAppConfig("CN" + Digits)],
            });

        accounts.Select(a => a.FriendlyName).Should().Equal("Main", "Shop");
        accounts[1].Owner.Should().Be(accounts[0].Sid);
        accounts[0].Balance.Should().Be(5);
        var test = await _world.Loop.RunAsync(() => book.Find(new AccountSid("AC" + Digits)), default);
        test!.IsTest.Should().BeTrue();
        var kinds = await _world.Loop.RunAsync(() => _world.Journal.After(0).Select(e => e.Kind).ToList(), default);
        kinds.Should().Contain(["key.created", "oauth_app.created", "connect_app.created"]);
    }

    [Fact]
    public async Task A_permission_that_is_none_is_a_fault_of_the_config()
    {
        var moving = () => MoveInAsync(new AccountConfig(null, null, "Main") { ApiKeys = [new ApiKeyConfig(null, null, null, ApiKeyType.Restricted, ["/twilio/no/such"])] });

        (await moving.Should().ThrowAsync<ConfigFault>()).WithMessage("assertion '/twilio/no/such' is invalid");
    }

    [Fact]
    public async Task A_subaccount_of_a_subaccount_is_a_fault_of_the_config()
    {
        var moving = () => MoveInAsync(
            new AccountConfig(null, null, "A"), new AccountConfig(null, null, "B") { Parent = "A" }, new AccountConfig(null, null, "C") { Parent = "B" });

        await moving.Should().ThrowAsync<ConfigFault>();
    }

    private Task<(AccountBook Book, List<Account> Accounts)> MoveInAsync(params AccountConfig[] configs) => _world.Loop.RunAsync(
        () =>
        {
            var book = new AccountBook(_world);
            return (book, AccountSetup.Apply(book, configs));
        },
        default);
}
