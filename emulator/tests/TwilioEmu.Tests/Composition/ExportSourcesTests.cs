using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Composition;

public sealed class ExportSourcesTests
{
    private static readonly AccountSid Account = new("AC00000000000000000000000000000001");

    [Fact]
    public async Task Messages_calls_conferences_and_participants_can_be_exported()
    {
        var catalog = ApiCatalog.Open();
        var config = new WorldConfig { Accounts = [new AccountConfig(Account.Value, "00000000000000000000000000000001", null)], Numbers = [new NumberConfig { Number = "+14155550100" }] };
        await using var house = await House.BuildAsync(config, new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart }, catalog, "https://api.twilio.com");
        await house.World.Loop.RunAsync(() => house.Handsets.Text("+14155550199", "+14155550100", "hello", []), default);
        await house.World.Loop.RunAsync(() => house.Handsets.Dial("+14155550199", "+14155550100", null), default);
        await house.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));

        var sources = ExportSources.Of(house.World, catalog, house.Voice);
        var counts = await house.World.Loop.RunAsync(() => sources.Select(s => $"{s.ResourceType} {s.NewestFirst(Account).Count()}").ToList(), default);
        counts.Should().Equal("Messages 1", "Calls 1", "Conferences 0", "Participants 0");
        sources[0].Properties.Should().Contain(["sid", "date_sent", "error_code"]).And.NotContain(["uri", "api_version", "price_unit", "error_message", "subresource_uris"]);
        sources[1].Properties.Should().Contain("api_version").And.NotContain("uri");
    }
}
