using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging;
using TwilioEmu.Products.BulkExports;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.Tests.BulkExports;

public sealed class ExportSourcesTests
{
    [Fact]
    public async Task Messages_calls_conferences_and_participants_can_be_exported()
    {
        await using var rest = new RestWorld();
        rest.Attach(new MessagingProduct(), new VoiceProduct());
        await rest.World.Loop.RunAsync(
            () => { rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "+14155550100" }); }, default);
        await rest.World.Loop.RunAsync(() => rest.Handsets.Text("+14155550199", "+14155550100", "hello", []), default);
        await rest.World.Loop.RunAsync(() => rest.Handsets.Dial("+14155550199", "+14155550100", null), default);
        rest.App.On("/room", FakeApp.Twiml("<Response><Dial><Conference>room</Conference></Dial></Response>"));
        await rest.World.Loop.RunAsync(
            () =>
            {
                rest.Numbers.Add(
                    AccountBook.DefaultSid,
                    new PhoneNumberSpec
                    {
                        Number = "+14155550101",
                        Parameters = new Dictionary<string, string> { ["VoiceUrl"] = "http://app/room" },
                    });
                rest.Handsets.Dial("+14155550198", "+14155550101", null);
            },
            default);
        await rest.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));

        var sources = ExportSources.Of(rest.World, ApiCatalog.Open());
        var counts = await rest.World.Loop.RunAsync(
            () => sources.Select(s => $"{s.ResourceType} {s.NewestFirst(AccountBook.DefaultSid).Count()}").ToList(), default);
        counts.Should().Equal("Messages 1", "Calls 2", "Conferences 1", "Participants 0");
        sources[3].Lacks.Should().Contain("not kept");
        sources[0].Properties
            .Should().Contain(["sid", "date_sent", "error_code"])
            .And.NotContain(["uri", "api_version", "price_unit", "error_message", "subresource_uris"]);
        sources[1].Properties.Should().Contain("api_version").And.NotContain("uri");
    }
}
