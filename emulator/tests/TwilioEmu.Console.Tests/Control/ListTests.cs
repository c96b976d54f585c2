using System.Text.Json;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Console.Tests.Control;

public sealed class ListTests : IAsyncLifetime
{
    private static readonly AccountSid One = new("AC" + new string('1', 32));
    private static readonly AccountSid Two = new("AC" + new string('2', 32));
    private static readonly TableKey<Letter> Messages = new("messages", Letter.Form);
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Messages_of_all_accounts_come_newest_first_a_page_at_a_time()
    {
        await PutAsync((One, "SM1", 1, "a"), (Two, "SM2", 2, "b"), (One, "SM3", 3, "c"), (Two, "SM4", 4, "d"), (One, "SM5", 5, "e"));
        var seen = new List<string>();
        string? before = null;
        do
        {
            var page = await ListAsync($"messages?limit=2{(before is null ? "" : "&before=" + before)}");
            seen.AddRange(Sids(page));
            before = page.GetProperty("next").GetString();
        }
        while (before is not null);
        seen.Should().Equal("SM5", "SM4", "SM3", "SM2", "SM1");
    }

    [Fact]
    public async Task A_page_begun_before_newer_ones_came_goes_on_where_it_was()
    {
        await PutAsync((One, "SM1", 1, "a"), (One, "SM2", 2, "b"), (One, "SM3", 3, "c"));
        (await ListAsync("messages?limit=1")).GetProperty("next").GetString().Should().Be("SM3");
        await PutAsync((One, "SM4", 4, "d"), (Two, "SM5", 5, "e"));
        Sids(await ListAsync("messages?limit=10&before=SM3")).Should().Equal("SM2", "SM1");
    }

    [Theory]
    [InlineData("from=%2B1", "SM1,SM2")]
    [InlineData("number=%2B2", "SM2,SM3")]
    [InlineData("text=LAMB", "SM3")]
    [InlineData("status=sent&to=%2B2", "SM2")]
    [InlineData("account=AC22222222222222222222222222222222", "SM3")]
    [InlineData("from=%2B9", "")]
    public async Task Filters_are_met_exactly_and_a_text_by_any_part(string query, string sids)
    {
        await _host.InsideAsync(() =>
        {
            Put(One, new Letter("SM1", At(1)) { From = "+1", To = "+3", Body = "mary" });
            Put(One, new Letter("SM2", At(2)) { From = "+1", To = "+2", Body = "had" });
            Put(Two, new Letter("SM3", At(3)) { From = "+2", To = "+4", Body = "a little lamb" });
            return 0;
        });
        Sids(await ListAsync("messages?" + query)).Reverse().Should().Equal(sids.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("messages?before=SM9", "begin anew")]
    [InlineData("accounts?after=AC9", "begin anew")]
    [InlineData("handsets?after=%2B19", "begin anew")]
    [InlineData("messages?limit=0", "from 1 to 1000")]
    [InlineData("messages?colour=red", "unknown query parameter")]
    [InlineData("numbers?from=%2B1", "unknown query parameter")]
    [InlineData("queues?limit=x", "from 1 to 1000")]
    public async Task What_cannot_be_listed_is_told_by_its_field(string path, string words)
    {
        var (status, json) = await _host.AskAsync("GET", path);
        status.Should().Be(400);
        json.GetProperty("detail").GetString().Should().Contain(words);
    }

    [Fact]
    public async Task Phones_are_listed_as_they_were_first_mentioned_with_their_newest_text()
    {
        await _host.AskAsync("POST", "handsets/+14155550101/messages", $$"""{"to":"{{ControlHost.Number}}","body":"first"}""");
        await _host.AskAsync("POST", "handsets/+14155550102/messages", $$"""{"to":"{{ControlHost.Number}}","body":"second"}""");
        await _host.AskAsync("POST", "clock/advance", """{"by":"10s"}""");
        await _host.AskAsync("PUT", "handsets/+14155550103", """{"driven_from_outside":true}""");
        var page = await ListAsync("handsets?limit=2");
        page.GetProperty("handsets").EnumerateArray()
            .Select(
                p =>
                    $"{p.GetProperty("number")} {p.GetProperty("sent")}/{p.GetProperty("received")} "
                        + $"{p.GetProperty("last").GetProperty("body")}")
            .Should().Equal("+14155550101 1/1 echo first", "+14155550102 1/1 echo second");
        var rest = await ListAsync("handsets?after=" + Uri.EscapeDataString(page.GetProperty("next").GetString()!));
        rest.GetProperty("handsets").EnumerateArray().Single().GetProperty("driven_from_outside").GetBoolean().Should().BeTrue();
        rest.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);
        async Task<IEnumerable<string?>> NumbersAsync(string query) =>
            (await ListAsync("handsets?" + query)).GetProperty("handsets").EnumerateArray()
                .Select(p => p.GetProperty("number").GetString());
        (await NumbersAsync("driven_from_outside=true")).Should().Equal("+14155550103");
        (await NumbersAsync("text=0102")).Should().Equal("+14155550102");
    }

    [Fact]
    public async Task Accounts_are_listed_a_page_at_a_time_and_by_name()
    {
        for (var i = 0; i < 3; i++) await _host.AskAsync("POST", "accounts", "{}");
        var all = (await ListAsync("accounts")).GetProperty("accounts").EnumerateArray()
            .Select(a => a.GetProperty("sid").GetString())
            .ToList();
        var paged = new List<string?>();
        string? after = null;
        do
        {
            var page = await ListAsync("accounts?limit=2" + (after is null ? "" : "&after=" + after));
            paged.AddRange(page.GetProperty("accounts").EnumerateArray().Select(a => a.GetProperty("sid").GetString()));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        paged.Should().Equal(all).And.HaveCountGreaterThan(2);
        (await ListAsync("accounts?friendly_name=unnamed")).GetProperty("accounts").GetArrayLength().Should().Be(all.Count);
        (await ListAsync("accounts?friendly_name=nobody")).GetProperty("accounts").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Queues_are_listed_a_page_at_a_time_though_some_run_dry_meanwhile()
    {
        ControlQueue Queue(string sender, int second) => new(One.Value, sender, 1, 1, 1, 36_000, At(second));
        _host.Inside.Queues = [Queue("+14155550100", 9), Queue("+14155550101", 5), Queue("+14155550102", 5), Queue("+14155550103", 2)];
        var first = await ListAsync("queues?limit=2");
        string[] Senders(JsonElement page) =>
        [
            .. page.GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("sender").GetString()!),
        ];
        Senders(first).Should().Equal("+14155550100", "+14155550102");
        _host.Inside.Queues = [Queue("+14155550101", 5), Queue("+14155550103", 2)];
        var rest = await ListAsync("queues?limit=3&after=" + Uri.EscapeDataString(first.GetProperty("next").GetString()!));
        Senders(rest).Should().Equal("+14155550101", "+14155550103");
        rest.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);
        Senders(await ListAsync("queues?sender=%2B14155550103")).Should().Equal("+14155550103");
    }

    [Fact]
    public async Task Queues_tell_when_their_last_message_leaves()
    {
        _host.Inside.Queues =
        [
            new ControlQueue(One.Value, "+14155550100", 1, 3, 5, 36_000, At(8)),
            new ControlQueue(Two.Value, "72727", 100, 1, 1, 3_600_000, At(2)),
        ];
        var queue = (await ListAsync($"queues?account={One}")).GetProperty("queues").EnumerateArray().Single();
        queue.GetRawText().Should().Be(
            $$"""{"account":"{{One}}","sender":"+14155550100","segments_per_second":1,"messages":3,"segments":5,"capacity":36000,"last_leaves":"2026-01-05T09:00:08Z"}""");
    }

    [Fact]
    public async Task A_webhook_is_sent_again_elsewhere_with_other_parameters_in_their_order()
    {
        var id = await _host.InsideAsync(
            () => _host.House.World.Journal.Write(One, new("webhook.sent", "a test's"), "SM1", 0, ("url", "http://x/sms")).Seq);
        (await _host.AskAsync(
            "POST", $"webhooks/{id}/replay", """{"url":"http://y/sms","parameters":{"Body":"b","To":"+1","MediaUrl":["m","n"]}}""")).Status
            .Should().Be(201);
        _host.Inside.Edit!.Url.Should().Be("http://y/sms");
        _host.Inside.Edit.Parameters.Should().Equal(new("Body", "b"), new("To", "+1"), new("MediaUrl", "m"), new("MediaUrl", "n"));
        (await _host.AskAsync("POST", $"webhooks/{id}/replay", """{"url":"no url"}""")).Status.Should().Be(400);
        (await _host.AskAsync("POST", $"webhooks/{id}/replay", """{"parameters":{"Body":{"a":1}}}""")).Status.Should().Be(400);
        (await _host.AskAsync("POST", $"webhooks/{id}/replay", "{}")).Status.Should().Be(201);
        _host.Inside.Edit.Should().BeNull();
    }

    private static DateTimeOffset At(int seconds) => TwilioEmu.Kernel.WorldOptions.StoryStart.AddSeconds(seconds);

    private static IEnumerable<string> Sids(JsonElement page) =>
        page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("sid").GetString()!);

    private async Task<JsonElement> ListAsync(string path)
    {
        var (status, json) = await _host.AskAsync("GET", path);
        status.Should().Be(200);
        return json;
    }

    private Task PutAsync(params (AccountSid Account, string Sid, int Seconds, string Body)[] letters) => _host.InsideAsync(() =>
    {
        foreach (var (account, sid, seconds, body) in letters) Put(account, new Letter(sid, At(seconds)) { Body = body });
        return 0;
    });

    private void Put(AccountSid account, Letter letter) =>
        _host.House.World.Store.Put(Messages, account, letter, new("message.sent", "a test's"), 0);

    private sealed record Letter(string Sid, DateTimeOffset Created) : IRecord
    {
        public static readonly RecordForm<Letter> Form = new(
            "letter", static (r, m) => new Letter(m.Text("sid", r?.Sid), m.Instant("created", r?.Created))
            {
                From = m.Text("from", r?.From),
                To = m.Text("to", r?.To),
                Body = m.Text("body", r?.Body),
            });

        public string From { get; init; } = "+1";

        public string To { get; init; } = "+2";

        public string Body { get; init; } = "";

        public string Key => Sid;

        public DateTimeOffset? Since => Created;

        public bool IsSettled => true;

        public void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("sid", Sid);
            json.WriteString("from", From);
            json.WriteString("to", To);
            json.WriteString("body", Body);
            json.WriteString("status", "sent");
        }
    }
}
