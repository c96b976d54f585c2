using System.IO.Compression;
using TwilioEmu.Products.BulkExports;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.BulkExports;

/// <summary>twilio.com/docs/usage/bulkexport. The story begins at nine on 5 January 2026.</summary>
public sealed class BulkExportsTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();
    private readonly List<ExportRecord> _records = [];

    public BulkExportsTests() =>
        _rest.Exports.Add(new ExportSource(
            "Messages", ["sid", "date_created", "error_code"], _ => _records.OrderByDescending(r => r.Created)));

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "bulkexports.twilio.com");

    private Task<RestAnswer> DeleteAsync(string path) => _rest.SendAsync("DELETE", path, null, null, host: "bulkexports.twilio.com");

    private Task<RestAnswer> PostAsync(string path, params string[] pairs) => _rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "bulkexports.twilio.com");

    private Task<RestAnswer> CreateJobAsync(string start, string end, params string[] more) =>
        PostAsync("/v1/Exports/Messages/Jobs", ["StartDay", start, "EndDay", end, "FriendlyName", "mine", .. more]);

    private Task AdvanceAsync(TimeSpan by) => _rest.World.Clock.AdvanceAsync(by);

    private void Have(string sid, int day, int hour = 12) =>
        _records.Add(new ExportRecord(
            new DateTimeOffset(2026, 1, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1), new Record(sid, day, hour)));

    private async Task<string> DaysAsync()
    {
        var answer = await GetAsync("/v1/Exports/Messages/Days");
        return string.Join(' ', answer.Json.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("day").GetString()![8..]));
    }

    private static List<string> LinesOf(byte[] file)
    {
        using var zip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        return [.. reader.ReadToEnd().TrimEnd('\n').Split('\n')];
    }

    [Fact]
    public async Task An_export_shows_where_its_parts_are()
    {
        var answer = await GetAsync("/v1/Exports/Messages");
        answer["resource_type"].Should().Be("Messages");
        answer.Json.GetProperty("links").GetProperty("days").GetString()
            .Should().Be("https://bulkexports.twilio.com/v1/Exports/Messages/Days");
    }

    [Theory]
    [InlineData("/v1/Exports/Faxes")]
    [InlineData("/v1/Exports/messages")]
    [InlineData("/v1/Exports/Faxes/Configuration")]
    [InlineData("/v1/Exports/Faxes/Days")]
    [InlineData("/v1/Exports/Faxes/Days/2026-01-04")]
    [InlineData("/v1/Exports/Faxes/Jobs")]
    [InlineData("/v1/Exports/Jobs/JS00000000000000000000000000000001")]
    public async Task What_is_not_there_is_404(string path) => (await GetAsync(path)).Code.Should().Be(20404);

    [Fact]
    public async Task Days_that_are_over_and_have_records_are_listed_newest_first()
    {
        Have("SM1", 2);
        Have("SM2", 4);
        Have("SM3", 5, 1);
        (await DaysAsync()).Should().Be("04 02");
        var first = (await GetAsync("/v1/Exports/Messages/Days")).Json.GetProperty("days")[0];
        first.GetProperty("create_date").GetString().Should().Be("2026-01-05");
        first.GetProperty("resource_type").GetString().Should().Be("Messages");
        first.GetProperty("size").GetInt32().Should().BePositive();
        await AdvanceAsync(TimeSpan.FromHours(15));
        (await DaysAsync()).Should().Be("05 04 02");
    }

    [Fact]
    public async Task Files_are_there_for_seven_days()
    {
        Have("SM1", 2);
        await AdvanceAsync(TimeSpan.FromDays(4));
        (await DaysAsync()).Should().Be("02");
        await AdvanceAsync(TimeSpan.FromDays(1));
        (await DaysAsync()).Should().Be("");
        (await GetAsync("/v1/Exports/Messages/Days/2026-01-02")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_day_redirects_to_a_gzip_file_of_json_lines()
    {
        Have("SM1", 4, 1);
        Have("SM2", 4, 2);
        var answer = await GetAsync("/v1/Exports/Messages/Days/2026-01-04");
        answer.Status.Should().Be(307);
        var link = new Uri(answer["redirect_to"]!);
        answer.Headers.Location.ToString().Should().Be(link.AbsoluteUri);
        var file = await GetAsync(link.PathAndQuery);
        file.Headers.ContentType.ToString().Should().Be("application/gzip");
        LinesOf(file.Bytes).Should().Equal(
            """{"sid":"SM2","date_created":"2026-01-04T02:00:00Z","error_code":null}""",
            """{"sid":"SM1","date_created":"2026-01-04T01:00:00Z","error_code":null}""");
        (await GetAsync("/v1/Exports/Messages/Days")).Json.GetProperty("days")[0].GetProperty("size").GetInt32()
            .Should().Be(file.Bytes.Length);
    }

    [Fact]
    public async Task A_link_works_an_hour_and_only_as_it_was_given()
    {
        Have("SM1", 4);
        var link = new Uri((await GetAsync("/v1/Exports/Messages/Days/2026-01-04"))["redirect_to"]!).PathAndQuery;
        (await GetAsync(link + "x")).Code.Should().Be(20404);
        await AdvanceAsync(TimeSpan.FromMinutes(60));
        (await GetAsync(link)).Status.Should().Be(200);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        (await GetAsync(link)).Code.Should().Be(20404);
    }

    [Theory]
    [InlineData("2026-01-03")]
    [InlineData("2026-01-05")]
    [InlineData("2026-01-06")]
    [InlineData("today")]
    public async Task A_day_without_a_file_is_404(string day)
    {
        Have("SM1", 4);
        Have("SM2", 5, 1);
        (await GetAsync($"/v1/Exports/Messages/Days/{day}")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_type_that_is_switched_off_has_only_the_days_of_jobs()
    {
        Have("SM1", 1);
        Have("SM2", 4);
        var configuration = await PostAsync(
            "/v1/Exports/Messages/Configuration", "Enabled", "false", "WebhookUrl", "http://app/daily", "WebhookMethod", "post");
        (configuration["enabled"], configuration["webhook_method"]).Should().Be(("False", "POST"));
        (await _rest.EntriesAsync("warning")).Should().ContainSingle();
        (await DaysAsync()).Should().Be("");
        await CreateJobAsync("2025-12-31", "2026-01-02");
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        (await DaysAsync()).Should().Be("01");
        (await GetAsync("/v1/Exports/Messages/Days")).Json.GetProperty("days")[0].GetProperty("friendly_name").GetString()
            .Should().Be("mine");
    }

    [Theory]
    [InlineData("WebhookMethod", "PUT")]
    [InlineData("WebhookUrl", "app")]
    public async Task A_bad_webhook_is_refused(string name, string value)
    {
        (await PostAsync("/v1/Exports/Messages/Configuration", name, value)).Code.Should().Be(20001);
        (await CreateJobAsync("2026-01-01", "2026-01-02", name, value)).Code.Should().Be(20001);
    }

    [Theory]
    [InlineData("today", "2026-01-02")]
    [InlineData("2026-01-01", "2026-13-01")]
    [InlineData("2026-01-03", "2026-01-02")]
    [InlineData("2026-01-01", "2026-01-04")]
    [InlineData("1900-01-01", "2026-01-03")]
    public async Task A_job_has_days_that_can_be_exported(string start, string end) =>
        (await CreateJobAsync(start, end)).Code.Should().Be(20001);

    [Theory]
    [InlineData("WebhookUrl", "http://app/done")]
    [InlineData("WebhookMethod", "POST")]
    public async Task A_jobs_webhook_is_a_url_and_a_method(string name, string value) =>
        (await CreateJobAsync("2026-01-01", "2026-01-02", name, value)).Code.Should().Be(20001);

    [Fact]
    public async Task A_job_is_submitted_and_completed_after_a_minute()
    {
        Have("SM1", 2);
        var job = await CreateJobAsync("2026-01-01", "2026-01-03");
        job.Status.Should().Be(201);
        job["job_queue_position"].Should().Be("1");
        Details(job).Should().Equal("Submitted 3 2026-01-01,2026-01-02,2026-01-03");
        (await CreateJobAsync("2026-01-01", "2026-01-01"))["job_queue_position"].Should().Be("2");

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        var done = await GetAsync($"/v1/Exports/Jobs/{job["job_sid"]}");
        Details(done).Should().Equal("Completed 1 2026-01-02", "CompletedEmptyRecords 2 2026-01-01,2026-01-03");
        done["job_queue_position"].Should().BeNull();
        var list = (await GetAsync("/v1/Exports/Messages/Jobs")).Json.GetProperty("jobs");
        list.GetArrayLength().Should().Be(2);
        list[0].GetProperty("job_queue_position").GetString().Should().Be("1", "the one before it is done");
    }

    [Fact]
    public async Task A_completed_job_calls_its_webhook()
    {
        _rest.App.On("/done", FakeApp.Empty);
        var job = await CreateJobAsync("2026-01-01", "2026-01-02", "WebhookUrl", "http://app/done", "WebhookMethod", "POST");
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        var seen = _rest.App.Requests.Should().ContainSingle().Which;
        seen.IsSigned.Should().BeTrue();
        seen.Request.Parameters
            .Should().Contain(new KeyValuePair<string, string>("JobSid", job["job_sid"]!))
            .And.Contain(new KeyValuePair<string, string>("Status", "CompletedEmptyRecords"));
    }

    [Fact]
    public async Task A_deleted_job_never_runs()
    {
        var job = await CreateJobAsync("2026-01-01", "2026-01-02", "WebhookUrl", "http://app/done", "WebhookMethod", "GET");
        (await DeleteAsync($"/v1/Exports/Jobs/{job["job_sid"]}")).Status.Should().Be(204);
        (await DeleteAsync($"/v1/Exports/Jobs/{job["job_sid"]}")).Code.Should().Be(20404);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        _rest.App.Requests.Should().BeEmpty();
    }

    private static IEnumerable<string> Details(RestAnswer job) => job.Json.GetProperty("details").EnumerateArray()
        .Select(g =>
            $"{g.GetProperty("status").GetString()} {g.GetProperty("count").GetInt32()} "
                + $"{string.Join(',', g.GetProperty("days").EnumerateArray().Select(d => d.GetString()))}");

    private sealed class Record(string sid, int day, int hour) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "sid") to.Write(sid);
            else if (property == "date_created") to.Write(new DateTimeOffset(2026, 1, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1));
        }
    }
}
