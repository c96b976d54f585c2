using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Tests.Composition;

public sealed class AccountSetupTests : IAsyncDisposable
{
    private static readonly Policy MayReadCalls = new(["/twilio/voice/calls/read"], []);
    private const string Digits = "00000000000000000000000000000001";
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Accounts_move_in_with_keys_apps_and_test_credentials()
    {
        var (book, accounts) = await MoveInAsync(
            new AccountSpec
            {
                FriendlyName = "Main",
                TestCredentials = new AccountSpec { Sid = new("AC" + Digits), AuthToken = "t" },
                Balance = 5,
            },
            new AccountSpec
            {
                FriendlyName = "Shop",
                Parent = "Main",
                Keys = [new KeySpec { Sid = "SK" + Digits, Secret = "s", Kind = KeyKind.Restricted, Policy = MayReadCalls }],
                OAuthApps = [new OAuthAppSpec { ClientId = "OQ" + Digits, ClientSecret = "s", Policy = MayReadCalls }],
                ConnectApps = [new ConnectApp("CN" + Digits, AccountSid.None)],
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
        var moving = () =>
            MoveInAsync(new AccountSpec
            {
                FriendlyName = "Main",
                Keys = [new KeySpec { Kind = KeyKind.Restricted, Policy = new Policy(["/twilio/no/such"], []) }],
            });

        (await moving.Should().ThrowAsync<ConfigFault>()).WithMessage("assertion '/twilio/no/such' is invalid");
    }

    [Fact]
    public async Task A_subaccount_of_a_subaccount_is_a_fault_of_the_config()
    {
        var moving = () => MoveInAsync(
            new AccountSpec { FriendlyName = "A" }, new AccountSpec { FriendlyName = "B", Parent = "A" },
            new AccountSpec { FriendlyName = "C", Parent = "B" });

        await moving.Should().ThrowAsync<ConfigFault>();
    }

    private Task<(AccountBook Book, List<Account> Accounts)> MoveInAsync(params AccountSpec[] configs) => _world.Loop.RunAsync(
        () =>
        {
            var book = new AccountBook(_world);
            return (book, configs.Select((c, i) => WorldSetup.AddAccount(book, c, $"accounts[{i}]")).ToList());
        },
        default);
}
