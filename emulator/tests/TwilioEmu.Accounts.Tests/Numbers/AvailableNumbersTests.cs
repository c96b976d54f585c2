using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class AvailableNumbersTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_search_by_area_code_finds_thirty_numbers_of_it_on_one_page()
    {
        var answer = await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?AreaCode=510&PageSize=5");

        answer.Json.EnumerateObject().Select(p => p.Name).Should().Equal("available_phone_numbers", "uri");
        var numbers = Numbers(answer);
        numbers.Should().HaveCount(5).And.OnlyContain(n => n.StartsWith("+1510", StringComparison.Ordinal));
        answer["uri"].Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/AvailablePhoneNumbers/US/Local.json?AreaCode=510");
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?AreaCode=510&PageSize=1000")).Should().HaveCount(30);
    }

    [Fact]
    public async Task The_same_seed_offers_the_same_numbers()
    {
        await using var other = new RestWorld();

        var mine = await _rest.GetAsync("AvailablePhoneNumbers/US/TollFree.json");
        await other.GetAsync("AvailablePhoneNumbers/US/Local.json");
        var theirs = await other.GetAsync("AvailablePhoneNumbers/US/TollFree.json");

        mine.Body.Should().Be(theirs.Body);
    }

    [Fact]
    public async Task A_bought_number_is_no_longer_offered_and_a_released_one_is_again()
    {
        var first = Numbers(await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?AreaCode=415"))[0];

        var bought = await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", first);
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?AreaCode=415")).Should().NotContain(first);

        await _rest.DeleteAsync($"IncomingPhoneNumbers/{bought["sid"]}.json");
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?AreaCode=415")).Should().Contain(first);
    }

    [Theory]
    [InlineData("US/Local.json?InRegion=HI", "HI")]
    [InlineData("US/Local.json?InRegion=hi&SmsEnabled=true", "HI")]
    [InlineData("US/Local.json?InLocality=Hilo", "HI")]
    [InlineData("US/Local.json?NearLatLong=19.7,-155.1&Distance=50", "HI")]
    [InlineData("US/Local.json?NearNumber=%2B18085550100", "HI")]
    [InlineData("CA/Local.json?AreaCode=416", "ON")]
    [InlineData("US/Local.json?InPostalCode=96720", "HI")]
    [InlineData("US/Local.json?InLata=834", "HI")]
    [InlineData("US/Local.json?InLata=834&InRateCenter=Hilo", "HI")]
    [InlineData("US/Local.json?InRegion=%2B18085550100", "HI")]
    [InlineData("US/Local.json?InLocality=%2B18085550100", "HI")]
    [InlineData(
        "US/Local.json?InRegion=HI&ExcludeAllAddressRequired=true&ExcludeLocalAddressRequired=true&ExcludeForeignAddressRequired=true&"
            + "Beta=false",
        "HI")]
    public async Task Filters_narrow_the_search(string search, string region)
    {
        var answer = await _rest.GetAsync("AvailablePhoneNumbers/" + search);

        var regions = answer.Json.GetProperty("available_phone_numbers").EnumerateArray()
            .Select(n => n.GetProperty("region").GetString())
            .ToList();
        regions.Should().NotBeEmpty().And.OnlyContain(r => r == region);
    }

    [Fact]
    public async Task Numbers_without_a_wanted_capability_are_left_out()
    {
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/GB/Local.json?SmsEnabled=true")).Should().BeEmpty();
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/GB/Mobile.json?SmsEnabled=true")).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("XX/Local.json")]
    [InlineData("US/Mobile.json")]
    [InlineData("US/Voip.json")]
    public async Task A_country_or_type_that_is_not_sold_is_not_found(string path)
    {
        (await _rest.GetAsync("AvailablePhoneNumbers/" + path)).Code.Should().Be(20404);
    }

    [Theory]
    [InlineData("US/Local.json?AreaCode=41x")]
    [InlineData("US/Local.json?Contains=1")]
    [InlineData("US/Local.json?NearLatLong=here")]
    [InlineData("US/Local.json?SmsEnabled=maybe")]
    [InlineData("US/Local.json?AreaCode=41")]
    [InlineData("US/Local.json?Contains=%25%25")]
    [InlineData("US/Local.json?NearLatLong=91,0")]
    [InlineData("US/Local.json?NearNumber=%2B447400123456")]
    [InlineData("US/Local.json?NearNumber=%2B14155550100&Distance=501")]
    [InlineData("US/Local.json?NearNumber=%2B14155550100&Distance=0")]
    [InlineData("US/Local.json?InRateCenter=HILO")]
    public async Task Bad_filters_are_400(string path)
    {
        (await _rest.GetAsync("AvailablePhoneNumbers/" + path)).Code.Should().Be(20001);
    }

    [Fact]
    public async Task Numbers_that_ask_for_an_address_say_so_and_can_be_left_out()
    {
        var answer = await _rest.GetAsync("AvailablePhoneNumbers/DE/Mobile.json");

        answer.Json.GetProperty("available_phone_numbers")[0].GetProperty("address_requirements").GetString().Should().Be("local");
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/DE/Mobile.json?ExcludeLocalAddressRequired=true")).Should().BeEmpty();
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/DE/TollFree.json?ExcludeLocalAddressRequired=true")).Should().NotBeEmpty();
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/DE/TollFree.json?ExcludeAllAddressRequired=true")).Should().BeEmpty();
    }

    [Fact]
    public async Task Filters_of_north_america_are_passed_over_elsewhere()
    {
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/GB/Local.json?InRegion=CA&AreaCode=415&InLocality=london"))
            .Should().OnlyContain(n => n.StartsWith("+4420", StringComparison.Ordinal))
            .And.NotBeEmpty();
    }

    [Fact]
    public async Task A_number_for_sale_tells_where_it_belongs()
    {
        var number = (await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?InLocality=San+Francisco&AreaCode=415")).Json
            .GetProperty("available_phone_numbers")[0];

        string? Text(string name) => number.GetProperty(name).GetString();
        (Text("locality"), Text("region"), Text("lata"), Text("rate_center"), Text("iso_country"))
            .Should().Be(("San Francisco", "CA", "722", "SAN FRANCI", "US"));
        number.GetProperty("latitude").GetDouble().Should().BeInRange(37, 38);
        Text("friendly_name").Should().StartWith("(415) ");
    }

    [Fact]
    public async Task Letters_and_wildcards_find_numbers()
    {
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/US/TollFree.json?Contains=%2B1833"))
            .Should().OnlyContain(n => n.StartsWith("+1833", StringComparison.Ordinal))
            .And.HaveCount(30);
        Numbers(await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json?Contains=ab**2"))
            .Should().NotBeEmpty()
            .And.OnlyContain(n => n.Contains("22", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Capabilities_are_spelt_both_ways()
    {
        var answer = await _rest.GetAsync("AvailablePhoneNumbers/US/Local.json");

        var capabilities = answer.Json.GetProperty("available_phone_numbers")[0].GetProperty("capabilities");
        capabilities.GetProperty("SMS").GetBoolean().Should().BeTrue();
        capabilities.GetProperty("sms").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Countries_are_listed_with_what_they_sell()
    {
        var answer = await _rest.GetAsync("AvailablePhoneNumbers.json");

        answer.Json.GetProperty("countries")[0].GetProperty("country_code").GetString().Should().Be("US");
        (await _rest.GetAsync("AvailablePhoneNumbers/NL.json")).Json.GetProperty("subresource_uris").EnumerateObject()
            .Select(u => u.Name)
            .Should().Equal("local", "mobile", "machine_to_machine");
        (await _rest.GetAsync("AvailablePhoneNumbers/US.json")).Json.GetProperty("subresource_uris").GetProperty("toll_free").GetString()
            .Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/AvailablePhoneNumbers/US/TollFree.json");
    }

    private static List<string> Numbers(RestAnswer answer) =>
        [.. answer.Json.GetProperty("available_phone_numbers").EnumerateArray().Select(n => n.GetProperty("phone_number").GetString()!)];
}
