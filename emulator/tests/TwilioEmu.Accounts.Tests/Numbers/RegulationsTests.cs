using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class RegulationsTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Regulations_are_found_by_country_type_and_kind_of_owner()
    {
        var answer = await GetAsync("/v2/RegulatoryCompliance/Regulations?IsoCountry=AU&NumberType=local&EndUserType=individual");

        var found = answer.Json.GetProperty("results").EnumerateArray().Should().ContainSingle().Subject;
        found.GetProperty("friendly_name").GetString().Should().Be("Australia: Local - Individual");
        found.GetProperty("requirements").GetProperty("supporting_document")[0].GetArrayLength().Should().Be(2);
        var fetched = await GetAsync($"/v2/RegulatoryCompliance/Regulations/{found.GetProperty("sid").GetString()}");
        fetched["friendly_name"].Should().Be("Australia: Local - Individual");
        fetched["url"].Should().StartWith("https://numbers.twilio.com/v2/RegulatoryCompliance/Regulations/RN");
        (await GetAsync("/v2/RegulatoryCompliance/Regulations?IsoCountry=US")).Json.GetProperty("results").GetArrayLength().Should().Be(0);
        (await GetAsync("/v2/RegulatoryCompliance/Regulations/RN" + new string('0', 32))).Code.Should().Be(20404);
    }

    [Theory]
    [InlineData("EndUserTypes", "end_user_types", "individual")]
    [InlineData("SupportingDocumentTypes", "supporting_document_types", "address")]
    public async Task Types_are_listed_and_fetched(string collection, string key, string first)
    {
        var types = (await GetAsync($"/v2/RegulatoryCompliance/{collection}")).Json.GetProperty(key);

        types[0].GetProperty("machine_name").GetString().Should().Be(first);
        types[0].GetProperty("fields").GetArrayLength().Should().BePositive();
        (await GetAsync($"/v2/RegulatoryCompliance/{collection}/{types[1].GetProperty("sid").GetString()}"))["machine_name"]
            .Should().Be(types[1].GetProperty("machine_name").GetString());
    }

    [Fact]
    public async Task Regulations_are_paged()
    {
        var first = await GetAsync("/v2/RegulatoryCompliance/Regulations?PageSize=2");
        var next = new Uri(first.Json.GetProperty("meta").GetProperty("next_page_url").GetString()!);

        var second = await GetAsync(next.PathAndQuery);

        second.Json.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("sid").GetString())
            .Should().HaveCount(2).And
            .NotIntersectWith(first.Json.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("sid").GetString()));
    }

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "numbers.twilio.com");
}
