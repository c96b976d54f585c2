using TwilioEmu.Access;
using TwilioEmu.Redirection;
using TwilioEmu.Tests.Hosting;

namespace TwilioEmu.Tests.Redirection;

/// <summary>What a command beside an emulator learns from it.</summary>
public sealed class EmulatorFinderTests
{
    private const string Secret = "only-for-this-test";

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(Secret, Secret, true)]
    [InlineData(Secret, null, false)]
    [InlineData(Secret, "another-token", false)]
    public async Task The_first_account_is_told_to_who_has_the_control_token_where_one_is_asked(string? asked, string? shown, bool isTold)
    {
        await using var house = await OpenHouse.OpenAsync(e => e with { Access = new AccessOptions { ControlToken = asked } });
        (await EmulatorFinder.AccountAsync([new Uri(house.Server.Url)], shown, OpenHouse.Limit, default))
            .Should().Be(isTold ? (OpenHouse.Account, OpenHouse.Token) : null);
    }
}
