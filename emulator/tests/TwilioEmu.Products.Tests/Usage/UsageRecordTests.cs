using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Usage;

public sealed class UsageRecordTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_sent_text_counts_in_its_category_and_all_that_contain_it()
    {
        await SendAsync(2);
        foreach (var category in (string[])["sms", "sms-outbound", "sms-outbound-longcode"])
        {
            var record = (await RecordsAsync("Records.json", category)).Single();
            (Text(record, "count"), Text(record, "usage"), Text(record, "price")).Should().Be(("2", "2", "0.0166"), category);
        }
        var total = (await RecordsAsync("Records.json", "totalprice")).Single();
        (Text(total, "count"), Text(total, "usage"), Text(total, "usage_unit"), Text(total, "price"))
            .Should().Be((null, "0.0166", "usd", "0.0166"));
        Text((await RecordsAsync("Records.json", "sms-inbound")).Single(), "count").Should().Be("0");
    }

    [Fact]
    public async Task A_record_has_the_documented_members()
    {
        await SendAsync(1);
        var account = $"/2010-04-01/Accounts/{RestWorld.Account}";
        var record = (await RecordsAsync("Records/Today.json", "sms")).Single();
        Text(record, "as_of").Should().Be("2026-01-05T09:00:10+00:00");
        Text(record, "description").Should().Be("SMS");
        (Text(record, "start_date"), Text(record, "end_date")).Should().Be(("2026-01-05", "2026-01-05"));
        Text(record, "price_unit").Should().Be("usd");
        Text(record, "uri").Should().Be($"{account}/Usage/Records/Today.json?Category=sms&StartDate=2026-01-05&EndDate=2026-01-05");
        record.GetProperty("subresource_uris").GetProperty("all_time").GetString()
            .Should().Be($"{account}/Usage/Records/AllTime.json?Category=sms");
        record.GetProperty("subresource_uris").EnumerateObject().Should().HaveCount(8);
    }

    [Fact]
    public async Task What_was_received_and_long_texts_count_by_the_segment()
    {
        _house.TextIn(new string('x', 161));
        var record = (await RecordsAsync("Records.json", "sms-inbound-longcode")).Single();
        (Text(record, "count"), Text(record, "usage"), Text(record, "price")).Should().Be(("1", "2", "0.0166"));
    }

    [Fact]
    public async Task Every_category_is_there_used_or_not()
    {
        var records = await RecordsAsync("Records.json?PageSize=1000");
        records.Should().HaveCount(249);
        records.Select(r => Text(r, "category"))
            .Should().Contain(["wireless-usage-voice", "totalprice", "pv-room-participants-us1"]).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Days_months_and_years_have_a_record_each()
    {
        await SendAsync(1);
        await AdvanceDaysAsync(1);
        await SendAsync(1);
        await AdvanceDaysAsync(30);
        await SendAsync(1);
        (await PricesAsync("Records/Daily.json", "sms", "PageSize=1000"))
            .Should().HaveCount(32)
            .And.StartWith("2026-02-05..2026-02-05 1")
            .And.EndWith("2026-01-05..2026-01-05 1");
        (await PricesAsync("Records/Monthly.json", "sms")).Should().Equal("2026-02-01..2026-02-05 1", "2026-01-05..2026-01-31 2");
        (await PricesAsync("Records/Yearly.json", "sms")).Should().Equal("2026-01-05..2026-02-05 3");
        (await PricesAsync("Records/AllTime.json", "sms")).Should().Equal("2026-01-05..2026-02-05 3");
        (await PricesAsync("Records/Today.json", "sms")).Should().Equal("2026-02-05..2026-02-05 1");
        (await PricesAsync("Records/Yesterday.json", "sms")).Should().Equal("2026-02-04..2026-02-04 0");
        (await PricesAsync("Records/ThisMonth.json", "sms")).Should().Equal("2026-02-01..2026-02-05 1");
        (await PricesAsync("Records/LastMonth.json", "sms")).Should().Equal("2026-01-01..2026-01-31 2");
    }

    [Theory]
    [InlineData("StartDate=2026-01-06", "2026-01-06..2026-02-05 2")]
    [InlineData("EndDate=2026-01-05", "2026-01-05..2026-01-05 1")]
    [InlineData("StartDate=-30days", "2026-01-06..2026-02-05 2")]
    [InlineData("StartDate=-1month&EndDate=-1day", "2026-01-05..2026-02-04 2")]
    [InlineData("StartDate=2025-01-01&EndDate=%2B1year", "2025-01-01..2027-02-05 3")]
    public async Task Dates_are_absolute_or_count_from_today(string dates, string expected)
    {
        await SendAsync(1);
        await AdvanceDaysAsync(1);
        await SendAsync(1);
        await AdvanceDaysAsync(30);
        await SendAsync(1);
        (await PricesAsync("Records.json", "sms", dates)).Should().Equal(expected);
    }

    [Theory]
    [InlineData("Category=cookies")]
    [InlineData("StartDate=yesterday")]
    [InlineData("StartDate=-30fortnights")]
    [InlineData("StartDate=-99999999999days")]
    [InlineData("EndDate=2026-02-30")]
    [InlineData("StartDate=2026-01-06&EndDate=2026-01-05")]
    [InlineData("IncludeSubaccounts=maybe")]
    public async Task A_bad_filter_is_refused(string filter)
    {
        foreach (var list in (string[])["Records", "Records/Daily"])
        {
            var answer = await _house.Rest.GetAsync($"Usage/{list}.json?{filter}");
            (answer.Status, answer.Code).Should().Be((400, 20001));
        }
    }

    [Fact]
    public async Task Pages_go_on_where_they_left_off()
    {
        await SendAsync(1);
        await AdvanceDaysAsync(3);
        var seen = new List<string>();
        for (var path = $"/2010-04-01/Accounts/{RestWorld.Account}/Usage/Records/Daily.json?PageSize=400"; path is not null;)
        {
            var page = (await _house.Rest.GetAsync(path)).Json;
            seen.AddRange(page.GetProperty("usage_records").EnumerateArray().Select(r => $"{Text(r, "start_date")} {Text(r, "category")}"));
            path = page.GetProperty("next_page_uri").GetString();
        }
        seen.Should().HaveCount(4 * 249).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Subaccounts_count_with_their_parent_unless_left_out()
    {
        await SendAsync(1);
        var parent = AccountBook.DefaultSid;
        Account? sub = null;
        _house.Do(() =>
        {
            sub = _house.Rest.Accounts.Create(new AccountSpec { Owner = parent });
            _house.Rest.Numbers.Add(sub.Sid, new TwilioEmu.Accounts.Numbers.PhoneNumberSpec { Number = "+14155550111" });
            _house.Rest.Handsets.Text(MessagingHouse.Phone, "+14155550111", "hi", []);
        });
        Text((await RecordsAsync("Records.json", "sms")).Single(), "count").Should().Be("2");
        (await PricesAsync("Records.json", "sms", "IncludeSubaccounts=false")).Should().Equal("2026-01-05..2026-01-05 1");
        var own = (await _house.Rest.GetAsync($"/2010-04-01/Accounts/{sub!.Sid}/Usage/Records.json?Category=sms")).Json.GetProperty(
            "usage_records")[0];
        (Text(own, "count"), Text(own, "account_sid")).Should().Be(("1", sub.Sid.Value));
    }

    [Fact]
    public async Task A_balance_falls_by_what_the_family_uses()
    {
        Account? sub = null;
        _house.Do(() =>
        {
            sub = _house.Rest.Accounts.Create(new AccountSpec { Owner = AccountBook.DefaultSid });
            _house.Rest.Numbers.Add(sub.Sid, new TwilioEmu.Accounts.Numbers.PhoneNumberSpec { Number = "+14155550111" });
            _house.Rest.Handsets.Text(MessagingHouse.Phone, "+14155550111", "hi", []);
        });
        await SendAsync(1);
        (await _house.Rest.GetAsync("Balance.json")).Body
            .Should().Be($$"""{"account_sid":"{{RestWorld.Account}}","balance":"99.9834","currency":"USD"}""");
        (await _house.Rest.GetAsync($"/2010-04-01/Accounts/{sub!.Sid}/Balance.json"))["balance"].Should().Be("99.9834");
    }

    [Fact]
    public async Task A_number_is_paid_when_bought_and_every_month_after()
    {
        (await _house.Rest.PostAsync("IncomingPhoneNumbers.json", "AreaCode", "415")).Status.Should().Be(201);
        Text((await RecordsAsync("Records.json", "phonenumbers")).Single(), "price").Should().Be("1.15");
        await AdvanceDaysAsync(31);
        var record = (await RecordsAsync("Records.json", "phonenumbers-local")).Single();
        (Text(record, "count"), Text(record, "price"))
            .Should().Be(("3", "3.45"), "the bought one's second month, and the first of the one the house came with");
        (await PricesAsync("Records/Yesterday.json", "phonenumbers")).Should().Equal("2026-02-04..2026-02-04 0");
        (await PricesAsync("Records/Today.json", "phonenumbers")).Should().Equal("2026-02-05..2026-02-05 2");
    }

    [Fact]
    public async Task Usage_outlives_the_journal_it_was_read_from()
    {
        await SendAsync(1);
        _house.Do(
            () =>
            {
                for (var i = 0; i < 110_000; i++) _house.Rest.World.Journal.Write(
                AccountBook.DefaultSid, new("noise", "a test's"), "", 0);
            });
        (await _house.Rest.World.Loop.RunAsync(() => _house.Rest.World.Journal.FirstSeq, default)).Should().BeGreaterThan(1_000);
        Text((await RecordsAsync("Records.json", "sms")).Single(), "count").Should().Be("1");
    }

    private async Task SendAsync(int count)
    {
        for (var i = 0; i < count; i++) (await _house.PostAsync("hi")).Status.Should().Be(201);
        await _house.AdvanceAsync(10);
    }

    private Task AdvanceDaysAsync(int days) => _house.Rest.World.Clock.AdvanceAsync(TimeSpan.FromDays(days));

    private async Task<List<JsonElement>> RecordsAsync(string list, string? category = null, string more = "") =>
        [
            .. (await _house.Rest.GetAsync($"Usage/{list}{(category is null ? "" : $"?Category={category}&{more}")}")).Json
                .GetProperty("usage_records").EnumerateArray(),
        ];

    private async Task<List<string>> PricesAsync(string list, string category, string more = "") =>
        [.. (await RecordsAsync(list, category, more)).Select(r => $"{Text(r, "start_date")}..{Text(r, "end_date")} {Text(r, "count")}")];

    private static string? Text(JsonElement record, string name) => record.GetProperty(name).GetString();
}
