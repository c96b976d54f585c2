using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Pricing;

public sealed class PricingTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "pricing.twilio.com");

    [Theory]
    [InlineData("/v1/Messaging/Countries")]
    [InlineData("/v1/Voice/Countries")]
    [InlineData("/v2/Voice/Countries")]
    [InlineData("/v2/Trunking/Countries")]
    public async Task Countries_are_listed_with_links_to_their_prices(string path)
    {
        var page = (await GetAsync(path + "?PageSize=2")).Json;
        page.GetProperty("countries")[1].GetRawText()
            .Should().Be($$"""{"country":"Andorra","iso_country":"AD","url":"https://pricing.twilio.com{{path}}/AD"}""");
        var next = new Uri(page.GetProperty("meta").GetProperty("next_page_url").GetString()!);
        (await GetAsync(next.PathAndQuery)).Json.GetProperty("countries")[0].GetProperty("iso_country").GetString().Should().Be("AE");
    }

    [Fact]
    public async Task Only_countries_that_sell_numbers_have_number_prices()
    {
        (await GetAsync("/v1/PhoneNumbers/Countries?PageSize=1000")).Json.GetProperty("countries").EnumerateArray()
            .Select(c => c.GetProperty("iso_country").GetString()).Should().Contain("US").And.NotContain("AF");
        (await GetAsync("/v1/PhoneNumbers/Countries/AF")).Code.Should().Be(20404);
        (await GetAsync("/v1/PhoneNumbers/Countries/US")).Body.Should().Be(
            """{"country":"United States","iso_country":"US","phone_number_prices":[{"number_type":"local","base_price":"1.15","current_price":"1.15"},{"number_type":"toll free","base_price":"2.15","current_price":"2.15"}],"price_unit":"USD","url":"https://pricing.twilio.com/v1/PhoneNumbers/Countries/US"}""");
    }

    [Fact]
    public async Task A_country_shows_what_texts_cost()
    {
        var country = (await GetAsync("/v1/Messaging/Countries/gb")).Json;
        country.GetProperty("country").GetString().Should().Be("United Kingdom");
        country.GetProperty("inbound_sms_prices")[0].GetProperty("current_price").GetString().Should().Be("0.0075");
        var carrier = country.GetProperty("outbound_sms_prices")[0];
        carrier.EnumerateObject().Select(p => p.Name).Should().Equal("carrier", "mcc", "mnc", "prices");
        carrier.GetProperty("prices").EnumerateArray().Select(p => p.GetProperty("number_type").GetString()).Should().Contain("mobile");
    }

    [Fact]
    public async Task Zones_of_a_country_have_minutes_of_their_own()
    {
        var first = (await GetAsync("/v1/Voice/Countries/US")).Json.GetProperty("outbound_prefix_prices")[0];
        first.GetProperty("prefixes")[0].GetString().Should().Be("1907");
        first.GetProperty("friendly_name").GetString().Should().Be("Programmable Outbound Minute - United States - Alaska");
        var second = (await GetAsync("/v2/Voice/Countries/US")).Json.GetProperty("outbound_prefix_prices")[0];
        second.GetProperty("destination_prefixes")[0].GetString().Should().Be("1907");
        second.GetProperty("origination_prefixes")[0].GetString().Should().Be("ALL");
        (await GetAsync("/v2/Trunking/Countries/US")).Json.GetProperty("terminating_prefix_prices").GetArrayLength().Should().Be(4);
    }

    [Fact]
    public async Task A_number_of_the_emulator_has_an_inbound_price_and_a_strangers_has_none()
    {
        await _rest.World.Loop.RunAsync(
            () => _rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "+18005550100" }), default);
        (await GetAsync("/v1/Voice/Numbers/+18005550100")).Body.Should().Be(
            """{"number":"+18005550100","country":"United States","iso_country":"US","outbound_call_price":{"base_price":"0.014","current_price":"0.014"},"inbound_call_price":{"base_price":"0.022","current_price":"0.022","number_type":"toll free"},"price_unit":"USD","url":"https://pricing.twilio.com/v1/Voice/Numbers/+18005550100"}""");
        var stranger = (await GetAsync("/v2/Voice/Numbers/+14155550199?OriginationNumber=%2B442079460000")).Json;
        stranger.GetProperty("inbound_call_price").GetRawText()
            .Should().Be("""{"base_price":null,"current_price":null,"number_type":null}""");
        stranger.GetProperty("origination_number").GetString().Should().Be("+442079460000");
        (await GetAsync("/v2/Trunking/Numbers/+14155550199")).Json
            .GetProperty("terminating_prefix_prices")[0]
            .GetProperty("destination_prefixes")[0].GetString()
            .Should().Be("1");
    }

    [Theory]
    [InlineData("/v1/Voice/Countries/XX", 20404)]
    [InlineData("/v1/Voice/Numbers/hello", 20404)]
    [InlineData("/v2/Voice/Numbers/+14155550199?OriginationNumber=x", 20001)]
    public async Task What_nobody_knows_is_refused(string path, int code) => (await GetAsync(path)).Code.Should().Be(code);
}
