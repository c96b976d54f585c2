using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Lookup;

public sealed class LookupTests : IAsyncDisposable
{
    private const string Phone = "+14155550199";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> SendAsync(string method, string path, string? body = null) =>
        _rest.SendAsync(method, path, body, body is null ? null : "application/json", host: "lookups.twilio.com");

    private Task<RestAnswer> GetAsync(string path) => SendAsync("GET", "/v2/PhoneNumbers/" + path);

    private async Task<JsonElement> PackageAsync(string number, string package, string more = "") =>
        (await GetAsync($"{number}?Fields={package}{more}")).Json.GetProperty(package);

    [Fact]
    public async Task A_basic_lookup_formats_and_validates_for_free()
    {
        (await GetAsync(Phone)).Body.Should().Be(
            """{"calling_country_code":"1","country_code":"US","phone_number":"+14155550199","national_format":"(415) 555-0199","valid":true,"validation_errors":[],"caller_name":null,"sim_swap":null,"call_forwarding":null,"line_type_intelligence":null,"line_status":null,"identity_match":null,"reassigned_number":null,"sms_pumping_risk":null,"phone_number_quality_score":null,"pre_fill":null,"url":"https://lookups.twilio.com/v2/PhoneNumbers/+14155550199"}""");
        (await _rest.EntriesAsync("lookup.charged")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("+1415555", "TOO_SHORT")]
    [InlineData("+141555501999", "TOO_LONG")]
    [InlineData("+999123456789", "INVALID_COUNTRY_CODE")]
    [InlineData("+10005550199", "INVALID_BUT_POSSIBLE")]
    [InlineData("hello!", "NOT_A_NUMBER")]
    public async Task A_bad_number_is_answered_with_why(string number, string error)
    {
        var answer = await GetAsync(number + "?Fields=caller_name");
        answer.Status.Should().Be(200);
        (answer["valid"], answer["country_code"], answer["national_format"], answer["caller_name"])
            .Should().Be(("False", null, null, null));
        answer.Json.GetProperty("validation_errors").EnumerateArray().Select(e => e.GetString()).Should().Equal(error);
    }

    [Fact]
    public async Task Packages_asked_for_are_filled_and_the_others_are_null()
    {
        var answer = (
            await GetAsync(
                Phone
                    + "?Fields=validation,line_type_intelligence,caller_name,sim_swap,line_status,sms_pumping_risk,"
                        + "phone_number_quality_score,pre_fill")).Json;
        foreach (var package in (string[])[
            "line_type_intelligence", "caller_name", "sim_swap", "line_status", "sms_pumping_risk", "phone_number_quality_score",
            "pre_fill"])
        {
            answer.GetProperty(package).GetProperty("error_code").ValueKind.Should().Be(JsonValueKind.Null, package);
        }
        answer.GetProperty("call_forwarding").ValueKind.Should().Be(JsonValueKind.Null);
        (await _rest.EntriesAsync("lookup.charged")).Should().HaveCount(7);
    }

    [Fact]
    public async Task The_config_says_what_a_number_is()
    {
        _rest.Facts[Phone] = new NumberFacts
        {
            LineType = "mobile",
            Carrier = "Acme",
            CallerName = "ANN EXAMPLE",
            SimSwappedAgo = TimeSpan.FromHours(3),
            LineStatus = "inactive",
            RiskScore = 93,
            IsBlocked = true,
            Reassigned = "yes",
        };
        (await PackageAsync(Phone, "caller_name")).GetRawText()
            .Should().Be("""{"caller_name":"ANN EXAMPLE","caller_type":"CONSUMER","error_code":null}""");
        (await PackageAsync(Phone, "sim_swap")).GetProperty("last_sim_swap").GetRawText().Should().Be(
            """{"last_sim_swap_date":"2026-01-05T06:00:00Z","swapped_period":"PT24H","swapped_in_period":true}""");
        (await PackageAsync(Phone, "line_status")).GetProperty("status").GetString().Should().Be("inactive");
        (await PackageAsync(Phone, "line_type_intelligence")).GetProperty("carrier_name").GetString().Should().Be("Acme");
        var risk = await PackageAsync(Phone, "sms_pumping_risk");
        (
            risk.GetProperty("carrier_risk_category").GetString(), risk.GetProperty("sms_pumping_risk_score").GetInt32(),
            risk.GetProperty("number_blocked").GetBoolean()).Should().Be(("high", 93, true));
        (await PackageAsync(Phone, "reassigned_number", "&LastVerifiedDate=20240123")).GetRawText().Should().Be(
            """{"last_verified_date":"2024-01-23","is_number_reassigned":"yes","error_code":null}""");
    }

    [Fact]
    public async Task The_same_seed_knows_the_same_of_a_number_whatever_was_asked_before()
    {
        var first = (await GetAsync(Phone + "?Fields=caller_name,line_type_intelligence")).Body;
        await using var other = new RestWorld();
        await other.SendAsync("GET", "/v2/PhoneNumbers/+14155550188?Fields=caller_name", null, null, host: "lookups.twilio.com");
        (await other.SendAsync(
            "GET", $"/v2/PhoneNumbers/{Phone}?Fields=caller_name,line_type_intelligence", null, null, host: "lookups.twilio.com")).Body
            .Should().Be(first);
    }

    [Theory]
    [InlineData("+442079460123", "caller_name")]
    [InlineData("+14155550199", "call_forwarding")]
    [InlineData("+18005550199", "sim_swap")]
    public async Task Out_of_coverage_is_told_in_the_package_and_not_charged(string number, string package)
    {
        (await PackageAsync(number, package)).GetProperty("error_code").GetInt32().Should().Be(60600);
        (await _rest.EntriesAsync("lookup.charged")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_identity_is_matched_word_by_word()
    {
        _rest.Facts[Phone] = new NumberFacts
        {
            Identity = new Dictionary<string, string> { ["first_name"] = "Ann", ["last_name"] = "Examples", ["city"] = "Oslo" },
        };
        var match = await PackageAsync(Phone, "identity_match", "&FirstName=ann&LastName=Example&City=Rome&PostalCode=0150");
        (match.GetProperty("first_name_match").GetString(), match.GetProperty("last_name_match").GetString(),
            match.GetProperty("city_match").GetString(),
                match.GetProperty("postal_code_match").GetString(), match.GetProperty("state_match").GetString(),
                match.GetProperty("summary_score").GetInt32())
            .Should().Be(("exact_match", "high_partial_match", "no_match", "no_data_available", null, 60));
    }

    [Theory]
    [InlineData("Fields=horoscope", 60618)]
    [InlineData("Fields=caller_name,horoscope", 60618)]
    [InlineData("Fields=identity_match", 60617)]
    [InlineData("Fields=reassigned_number", 60617)]
    [InlineData("Fields=reassigned_number&LastVerifiedDate=soon", 60618)]
    public async Task A_bad_question_is_refused(string query, int code)
    {
        var answer = await GetAsync($"{Phone}?{query}");
        (answer.Status, answer.Code).Should().Be((400, code));
    }

    [Fact]
    public async Task A_batch_answers_each_with_its_correlation()
    {
        var answer = await SendAsync("POST", "/v2/batch/query", """
            {"phone_numbers":[
              {"correlation_id":"a","phone_number":"4155550199","country_code":"US","fields":["line_type_intelligence"]},
              {"correlation_id":"b","phone_number":"+1415555"},
              {"correlation_id":"c","phone_number":"+14155550188","fields":["reassigned_number"]}]}
            """);
        answer.Status.Should().Be(200);
        var items = answer.Json.GetProperty("phone_numbers").EnumerateArray().ToList();
        items.Select(i => i.GetProperty("correlation_id").GetString()).Should().Equal("a", "b", "c");
        items[0].GetProperty("line_type_intelligence").GetProperty("type").GetString().Should().Be("mobile");
        items[1].GetProperty("validation_errors")[0].GetString().Should().Be("TOO_SHORT");
        items[2].GetProperty("twilio_error_code").GetInt32().Should().Be(60617);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"phone_numbers":[]}""")]
    [InlineData("""{"phone_numbers":[{"correlation_id":"a"}]}""")]
    public async Task A_batch_of_nothing_is_refused(string body) =>
        (await SendAsync("POST", "/v2/batch/query", body)).Status.Should().Be(400);

    [Fact]
    public async Task An_override_has_the_last_word_on_the_line_type()
    {
        const string path = $"/v2/PhoneNumbers/{Phone}/Overrides/line_type_intelligence";
        (await SendAsync("GET", path)).Code.Should().Be(20404);
        (await SendAsync("PUT", path, """{"line_type":"pager","reason":"x"}""")).Code.Should().Be(20404);
        var made = await SendAsync("POST", path, """{"line_type":"landline","reason":"I called it"}""");
        made.Status.Should().Be(201);
        made.Body.Should().Be(
            $$"""{"phone_number":"{{Phone}}","original_line_type":"mobile","overridden_line_type":"landline","override_reason":"I called it","override_timestamp":"2026-01-05T09:00:00Z","overridden_by_account_sid":"{{RestWorld.Account}}"}""");
        (await SendAsync("POST", path, """{"line_type":"landline"}""")).Status.Should().Be(409);
        (await PackageAsync(Phone, "line_type_intelligence")).GetProperty("type").GetString().Should().Be("landline");
        (await SendAsync("PUT", path, """{"line_type":"pager","reason":"It beeps"}"""))["overridden_line_type"].Should().Be("pager");
        (await SendAsync("DELETE", path)).Status.Should().Be(204);
        (await PackageAsync(Phone, "line_type_intelligence")).GetProperty("type").GetString().Should().Be("mobile");
        (await SendAsync("POST", path, """{"line_type":"carrier pigeon"}""")).Status.Should().Be(400);
        (await SendAsync("POST", $"/v2/PhoneNumbers/{Phone}/Overrides/caller_name", """{"line_type":"pager"}""")).Code.Should().Be(60618);
    }

    [Fact]
    public async Task Rate_limits_are_kept_and_said_not_to_be_enforced()
    {
        const string path = "/v2/RateLimits/Fields/caller_name/Bucket/day";
        (await SendAsync("PUT", path, """{"limit":10,"ttl":86400}""")).Body.Should().Be(
            $$"""{"field":"caller_name","limit":10,"bucket":"day","owner":"{{RestWorld.Account}}","ttl":86400}""");
        (await SendAsync("GET", path))["limit"].Should().Be("10");
        (await SendAsync("GET", "/v2/RateLimits?Fields=caller_name")).Json.GetProperty("rate_limits").GetArrayLength().Should().Be(1);
        (await SendAsync("GET", "/v2/RateLimits?Fields=sim_swap")).Json.GetProperty("rate_limits").GetArrayLength().Should().Be(0);
        (await SendAsync("DELETE", path)).Status.Should().Be(204);
        (await SendAsync("GET", path)).Code.Should().Be(20404);
        (await SendAsync("PUT", "/v2/RateLimits/Fields/mood/Bucket/day", """{"limit":10,"ttl":1}""")).Code.Should().Be(60618);
        (await SendAsync("PUT", path, """{"ttl":1}""")).Code.Should().Be(60617);
        (await _rest.EntriesAsync("warning")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Test_credentials_may_look_up_and_pay_nothing()
    {
        Account? test = null;
        await _rest.World.Loop.RunAsync(() => { test = _rest.Accounts.Create(new AccountSpec { IsTest = true }); }, default);
        var answer = await _rest.SendAsync(
            "GET", $"/v2/PhoneNumbers/{Phone}?Fields=caller_name", null, null, test!.Sid.Value, test.AuthToken, "lookups.twilio.com");
        answer.Status.Should().Be(200);
        (await _rest.EntriesAsync("lookup.charged")).Should().BeEmpty();
    }
}
