using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Lookup;

public sealed class FirstLookupTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> GetAsync(string path) =>
        _rest.SendAsync("GET", "/v1/PhoneNumbers/" + path, null, null, host: "lookups.twilio.com");

    [Theory]
    [InlineData("+14155550199")]
    [InlineData("(415)555-0199?CountryCode=US")]
    [InlineData("4155550199")]
    public async Task A_number_is_formatted(string number) => (await GetAsync(number)).Body.Should().Be(
        """{"caller_name":null,"country_code":"US","phone_number":"+14155550199","national_format":"(415) 555-0199","carrier":null,"add_ons":null,"url":"https://lookups.twilio.com/v1/PhoneNumbers/+14155550199"}""");

    [Fact]
    public async Task Carrier_and_caller_name_are_told_when_asked_for()
    {
        _rest.Facts["+14155550199"] = new NumberFacts
        {
            Carrier = "Acme Wireless",
            MobileCountryCode = "310",
            MobileNetworkCode = "456",
            CallerName = "DELICIOUS CAKE",
            CallerType = "BUSINESS",
        };
        var answer = await GetAsync("+14155550199?Type=carrier&Type=caller-name");
        answer["carrier"]
            .Should().Be(
                """{"mobile_country_code":"310","mobile_network_code":"456","name":"Acme Wireless","type":"mobile","error_code":null}""");
        answer["caller_name"].Should().Be("""{"caller_name":"DELICIOUS CAKE","caller_type":"BUSINESS","error_code":null}""");
        (await _rest.GetAsync("Usage/Records.json?Category=lookups")).Json.GetProperty("usage_records")[0].GetProperty("price").GetString()
            .Should().Be("0.015");
    }

    [Fact]
    public async Task The_emulators_own_numbers_are_twilios()
    {
        await _rest.World.Loop.RunAsync(
            () => _rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "+14155550100" }), default);
        (await GetAsync("+14155550100?Type=carrier")).Json.GetProperty("carrier").GetProperty("type").GetString().Should().Be("voip");
    }

    [Theory]
    [InlineData("+1415555")]
    [InlineData("hello")]
    [InlineData("+999123456789")]
    public async Task What_is_no_number_is_not_found(string number) => (await GetAsync(number)).Code.Should().Be(20404);

    [Theory]
    [InlineData("+14155550199?Type=horoscope")]
    [InlineData("4155550199?CountryCode=XX")]
    public async Task A_bad_parameter_is_refused(string path) => (await GetAsync(path)).Code.Should().Be(20001);

    [Fact]
    public async Task Add_ons_are_empty_and_the_journal_says_so()
    {
        (await GetAsync("+14155550199?AddOns=whitepages_pro"))["add_ons"]
            .Should().Be("""{"status":"successful","message":null,"code":null,"results":{}}""");
        (await _rest.EntriesAsync("warning")).Should().NotBeEmpty();
    }
}
