using System.Xml.Linq;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

/// <summary>twilio.com/docs/usage/twilios-response: XML unless the path says otherwise, and only in 2010-04-01.</summary>
public sealed class FormatTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData("Balance")]
    [InlineData("Balance.xml")]
    public async Task A_path_without_json_is_answered_in_xml(string path)
    {
        var answer = await _rest.GetAsync(path);

        answer.Status.Should().Be(200);
        answer.Headers.ContentType.ToString().Should().Be("application/xml");
        answer.Body.Should().Be(
            $"""<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Balance><AccountSid>{RestWorld.Account}</AccountSid><Balance>100.00</Balance><Currency>USD</Currency></Balance></TwilioResponse>""");
        answer.Headers.ContentLength.Should().Be(answer.Body.Length);
    }

    [Fact]
    public async Task Elements_are_named_as_the_properties_and_null_is_empty_and_links_lead_to_xml()
    {
        var made = Xml(await _rest.PostAsync("Applications", "FriendlyName", "A & B <c>"));

        var app = made.Element("Application")!;
        app.Element("FriendlyName")!.Value.Should().Be("A & B <c>");
        app.Element("SmsUrl")!.IsEmpty.Should().BeTrue();
        app.Element("Uri")!.Value.Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/Applications/{app.Element("Sid")!.Value}");
        var account = Xml(await _rest.GetAsync($"/2010-04-01/Accounts/{RestWorld.Account}")).Element("Account")!;
        account.Element("SubresourceUris")!.Element("ShortCodes")!.Value
            .Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/SMS/ShortCodes");
        account.Element("DateCreated")!.Value.Should().EndWith("+0000");
    }

    [Fact]
    public async Task A_list_has_its_paging_in_attributes()
    {
        for (var i = 0; i < 3; i++) await _rest.PostAsync("Queues.json", "FriendlyName", $"q{i}");

        var list = Xml(await _rest.GetAsync("Queues?PageSize=2")).Element("Queues")!;

        list.Attributes()
            .Select(a => a.Name.LocalName)
            .Should().Equal("page", "pagesize", "start", "end", "uri", "firstpageuri", "previouspageuri", "nextpageuri");
        (list.Attribute("page")!.Value, list.Attribute("pagesize")!.Value, list.Attribute("start")!.Value, list.Attribute("end")!.Value)
            .Should().Be(("0", "2", "0", "1"));
        list.Attribute("uri")!.Value.Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/Queues?PageSize=2&Page=0");
        list.Attribute("previouspageuri")!.Value.Should().BeEmpty();
        list.Elements("Queue").Select(q => q.Element("FriendlyName")!.Value).Should().Equal("q2", "q1");
        Xml(await _rest.GetAsync(list.Attribute("nextpageuri")!.Value)).Element("Queues")!.Elements("Queue").Should().ContainSingle();
    }

    [Theory]
    [InlineData("Addresses", "Addresses")]
    [InlineData("AvailablePhoneNumbers", "Countries")]
    [InlineData("SIP/Domains", "Domains")]
    public async Task Lists_are_named_after_their_key(string path, string element)
    {
        Xml(await _rest.GetAsync(path)).Element(element).Should().NotBeNull();
    }

    [Fact]
    public async Task An_error_is_in_the_format_asked_for()
    {
        var answer = await _rest.GetAsync("Balance", password: "wrong");

        answer.Status.Should().Be(401);
        answer.Headers.WWWAuthenticate.ToString().Should().Be("Basic realm=\"Twilio API\"");
        answer.Body.Should().EndWith(
            "<RestException><Code>20003</Code><Detail>Your AccountSid or AuthToken was "
                + "incorrect.</Detail><Message>Authenticate</Message><MoreInfo>https://www.twilio.com/docs/errors/20003</MoreInfo>"
                    + "<Status>401</Status></RestException></TwilioResponse>");
        Xml(await _rest.GetAsync("Nothing")).Element("RestException")!.Element("Code")!.Value.Should().Be("20404");
        Xml(await _rest.SendAsync("DELETE", "Balance", null, null)).Element("RestException")!.Element("Code")!.Value.Should().Be("20004");
        (await _rest.GetAsync("Nothing.json")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_list_ends_in_csv_when_asked()
    {
        (await _rest.PostAsync("Queues.json", "FriendlyName", "a, \"b\"")).Status.Should().Be(201);

        var answer = await _rest.GetAsync("Queues.csv");

        answer.Headers.ContentType.ToString().Should().Be("text/csv");
        var lines = answer.Body.Split("\r\n");
        lines[0].Split(',').Should().Contain("FriendlyName").And.Contain("Sid").And.NotContain("SubresourceUris");
        lines[1].Should().Contain("\"a, \"\"b\"\"\"");
        lines.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("Queues.yaml")]
    [InlineData("Balance.html")]
    public async Task An_extension_that_is_no_format_is_not_found_and_changes_nothing(string path)
    {
        (await _rest.GetAsync(path)).Status.Should().Be(404);
        (await _rest.PostAsync("Queues.yaml", "FriendlyName", "q")).Status.Should().Be(404);
        (await _rest.GetAsync("Queues.json")).Json.GetProperty("queues").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Bytes_stay_bytes_whatever_their_extension()
    {
        _rest.Door.On(
            "FetchRecording",
            request => new Answer.Bytes(200, request.Extension == ".wav" ? "audio/x-wav" : "audio/mpeg", new byte[] { 1, 2, 3 }));

        (await _rest.GetAsync("Recordings/RE00000000000000000000000000000001.wav")).Headers.ContentType.ToString()
            .Should().Be("audio/x-wav");
        (await _rest.GetAsync("Recordings/RE00000000000000000000000000000001")).Headers.ContentType.ToString().Should().Be("audio/mpeg");
    }

    [Fact]
    public async Task Product_hosts_speak_json_only()
    {
        var answer = await _rest.SendAsync("GET", "/v1/Keys", null, null, host: "iam.twilio.com");

        answer.Headers.ContentType.ToString().Should().Be("application/json");
        answer.Code.Should().Be(20001);
        (await _rest.SendAsync("GET", "/v1/Nothing", null, null, host: "iam.twilio.com")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task Characters_that_no_xml_may_hold_are_replaced()
    {
        var made = Xml(await _rest.PostAsync("Applications", "FriendlyName", "a\u0001b\U0001F600"));

        made.Element("Application")!.Element("FriendlyName")!.Value.Should().Be("a\uFFFDb\U0001F600");
    }

    [Fact]
    public async Task A_head_of_xml_has_its_length_and_no_body()
    {
        var answer = await _rest.SendAsync("HEAD", "Balance", null, null);

        answer.Headers.ContentLength.Should().BePositive();
        answer.Body.Should().BeEmpty();
    }

    [Fact]
    public async Task Every_list_and_fetch_of_the_account_is_well_formed_in_xml_and_lists_in_csv()
    {
        foreach (var operation in ApiCatalog.Open()
            .Find(ApiCatalog.ClassicDocument)!.Operations.Where(o => o.Method == "GET" && o.PathNames.Count <= 1))
        {
            var path = operation.Path.Replace("{AccountSid}", RestWorld.Account, StringComparison.Ordinal)
                .Replace("{Sid}", RestWorld.Account, StringComparison.Ordinal);
            path = path.EndsWith(".json", StringComparison.Ordinal) ? path[..^5] : path;

            Xml(await _rest.GetAsync(path));
            var csv = await _rest.GetAsync(path + ".csv");
            if (operation.Kind == OperationKind.List) csv.Headers.ContentType.ToString().Should().Be("text/csv", path);
        }
        (await _rest.EntriesAsync("fault")).Should().BeEmpty();
    }

    private static XElement Xml(RestAnswer answer) => XDocument.Parse(answer.Body).Root!;
}
