using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Sync;

/// <summary>twilio.com/docs/sync/api.</summary>
public sealed class SyncTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new(storesUnbuilt: true);

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "sync.twilio.com");

    private Task<RestAnswer> DeleteAsync(string path) => _rest.SendAsync("DELETE", path, null, null, host: "sync.twilio.com");

    private Task<RestAnswer> PostAsync(string path, params string[] pairs) => _rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "sync.twilio.com");

    private Task AdvanceAsync(int seconds) => _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    private async Task<string> ServiceAsync() => "/v1/Services/" + (await PostAsync("/v1/Services"))["sid"];

    /// <summary>A list or map, by its unique name.</summary>
    private async Task<string> MakeAsync(string kind, params string[] pairs)
    {
        var list = $"{await ServiceAsync()}/{kind}";
        (await PostAsync(list, ["UniqueName", "it", .. pairs])).Status.Should().Be(201);
        return list + "/it";
    }

    private async Task<string> EachAsync(string path, string list, string property) =>
        string.Join(' ', (await GetAsync(path)).Json.GetProperty(list).EnumerateArray().Select(i => i.GetProperty(property).ToString()));

    [Fact]
    public async Task A_document_begins_empty_and_by_the_system()
    {
        var made = await PostAsync(await ServiceAsync() + "/Documents");
        (made["data"], made["created_by"], made["date_expires"]).Should().Be(("{}", "system", null));
    }

    [Theory]
    [InlineData("Documents")]
    [InlineData("Lists")]
    [InlineData("Maps")]
    [InlineData("Streams")]
    public async Task An_object_goes_when_its_time_is_over(string kind)
    {
        var it = await MakeAsync(kind, "Ttl", "60");
        (await GetAsync(it))["date_expires"].Should().Be("2026-01-05T09:01:00Z");
        await AdvanceAsync(59);
        (await GetAsync(it)).Status.Should().Be(200);
        await AdvanceAsync(1);
        (await GetAsync(it)).Code.Should().Be(20404);
        (await EachAsync(it[..^3], kind.ToLowerInvariant(), "sid")).Should().Be("");
        (await PostAsync(it, "Ttl", "60")).Code.Should().Be(20404);
        (await DeleteAsync(it)).Code.Should().Be(20404);
        (await PostAsync(it[..^3], "UniqueName", "it")).Status.Should().Be(201, "the name is free again");
    }

    [Fact]
    public async Task A_time_may_be_made_longer_shorter_and_endless()
    {
        var it = await MakeAsync("Documents", "Ttl", "60");
        await PostAsync(it, "Ttl", "120");
        await AdvanceAsync(60);
        (await GetAsync(it)).Status.Should().Be(200);
        await PostAsync(it, "Ttl", "10");
        await AdvanceAsync(10);
        (await GetAsync(it)).Code.Should().Be(20404);
        await PostAsync(it[..^3], "UniqueName", "it", "Ttl", "60");
        await PostAsync(it, "Ttl", "0");
        await AdvanceAsync(1000);
        (await GetAsync(it))["date_expires"].Should().BeNull();
    }

    [Theory]
    [InlineData("Lists")]
    [InlineData("Maps")]
    public async Task Items_go_by_themselves_and_with_what_they_are_in(string kind)
    {
        var it = await MakeAsync(kind);
        await PostAsync(it + "/Items", "Key", "a", "Data", "{}", "ItemTtl", "10", "Ttl", "5", "CollectionTtl", "60");
        await PostAsync(it + "/Items", "Key", "b", "Data", "{}");
        (await GetAsync(it))["date_expires"].Should().Be("2026-01-05T09:01:00Z");
        await AdvanceAsync(9);
        (await GetAsync(it + "/Items")).Json.GetProperty("items").GetArrayLength().Should().Be(2, "ItemTtl rules");
        await AdvanceAsync(1);
        (await GetAsync(it + "/Items")).Json.GetProperty("items").GetArrayLength().Should().Be(1);
        await AdvanceAsync(50);
        (await GetAsync(it + "/Items")).Code.Should().Be(20404);
        (await PostAsync(it + "/Items", "Key", "c", "Data", "{}")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_lists_own_time_rules_over_its_alias()
    {
        var it = await MakeAsync("Lists", "Ttl", "10", "CollectionTtl", "60");
        (await GetAsync(it))["date_expires"].Should().Be("2026-01-05T09:01:00Z");
    }

    [Fact]
    public async Task A_collections_time_is_set_along_with_an_items_change_only()
    {
        var it = await MakeAsync("Maps");
        await PostAsync(it + "/Items", "Key", "a", "Data", "{}");
        (await PostAsync(it + "/Items/a", "CollectionTtl", "60")).Code.Should().Be(20001);
        (await PostAsync(it + "/Items/a", "CollectionTtl", "60", "Data", "1")).Status.Should().Be(200);
        (await GetAsync(it))["date_expires"].Should().NotBeNull();
    }

    [Theory]
    [InlineData("Ttl", "31536000", null)]
    [InlineData("Ttl", "31536001", 54011)]
    [InlineData("Ttl", "-1", 54011)]
    [InlineData("Ttl", "soon", 54011)]
    [InlineData("Data", "{", 54008)]
    [InlineData("Data", "null", 54101)]
    [InlineData("Data", "[1]", null)]
    [InlineData("UniqueName", "", 54302)]
    [InlineData("UniqueName", "ET00000000000000000000000000000001", 54302)]
    public async Task A_document_takes_what_it_may_hold(string name, string value, int? code)
    {
        var answer = await PostAsync(await ServiceAsync() + "/Documents", name, value);
        if (code is null) answer.Status.Should().Be(201);
        else answer.Code.Should().Be(code);
    }

    [Theory]
    [InlineData(16 * 1024, 201)]
    [InlineData((16 * 1024) + 1, 413)]
    public async Task Data_have_an_end(int length, int status)
    {
        var data = "\"" + new string('x', length - 2) + "\"";
        var (list, map) = (await MakeAsync("Lists"), await MakeAsync("Maps"));
        foreach (var answer in new[] { await PostAsync(list + "/Items", "Data", data),
            await PostAsync(map + "/Items", "Key", "a", "Data", data), await PostAsync(list[..^9] + "/Documents", "Data", data) })
        {
            answer.Status.Should().Be(status);
            if (status == 413) answer.Code.Should().Be(54006);
        }
    }

    [Theory]
    [InlineData(4 * 1024, 201)]
    [InlineData((4 * 1024) + 1, 413)]
    public async Task A_streams_messages_are_short(int length, int status) =>
        (await PostAsync(await MakeAsync("Streams") + "/Messages", "Data", "\"" + new string('x', length - 2) + "\"")).Status
            .Should().Be(status);

    [Fact]
    public async Task A_maps_keys_are_its_own()
    {
        var items = await MakeAsync("Maps") + "/Items";
        await PostAsync(items, "Key", "a", "Data", "{}");
        var again = await PostAsync(items, "Key", "a", "Data", "{}");
        (again.Status, again.Code).Should().Be((409, 54208));
        (await PostAsync(items, "Key", new string('k', 320), "Data", "{}")).Status.Should().Be(201);
        (await PostAsync(items, "Key", new string('k', 321), "Data", "{}")).Code.Should().Be(54209);
        (await PostAsync(items, "Data", "{}")).Code.Should().Be(54209);
        (await PostAsync(items, "Key", "b")).Code.Should().Be(54101);
    }

    [Theory]
    [InlineData("", "0 1 2 3 4")]
    [InlineData("?Order=desc", "4 3 2 1 0")]
    [InlineData("?From=2", "2 3 4")]
    [InlineData("?From=2&Bounds=exclusive", "3 4")]
    [InlineData("?From=2&Order=desc", "2 1 0")]
    [InlineData("?From=2&Order=desc&Bounds=exclusive", "1 0")]
    [InlineData("?From=9", "")]
    public async Task A_lists_items_are_read_by_their_numbers(string query, string expected)
    {
        var items = await MakeAsync("Lists") + "/Items";
        for (var i = 0; i < 5; i++) await PostAsync(items, "Data", "{}");
        (await EachAsync(items + query, "items", "index")).Should().Be(expected);
        (await _rest.EntriesAsync("warning")).Should().BeEmpty();
        (await GetAsync(items + "?From=x")).Code.Should().Be(20001);
    }

    [Theory]
    [InlineData("", "A B a b c")]
    [InlineData("?Order=desc", "c b a B A")]
    [InlineData("?From=a", "a b c")]
    [InlineData("?From=a&Bounds=exclusive", "b c")]
    [InlineData("?From=a&Order=desc", "a B A")]
    [InlineData("?From=aa", "b c")]
    public async Task A_maps_items_are_read_by_their_keys(string query, string expected)
    {
        var items = await MakeAsync("Maps") + "/Items";
        foreach (var key in (string[])["b", "A", "c", "B", "a"]) await PostAsync(items, "Key", key, "Data", "{}");
        (await EachAsync(items + query, "items", "key")).Should().Be(expected);
    }

    [Theory]
    [InlineData("Lists", "index", "1 2 3 4")]
    [InlineData("Maps", "key", "b c d e")]
    public async Task Pages_of_items_go_on_in_order(string kind, string property, string expected)
    {
        var items = await MakeAsync(kind) + "/Items";
        foreach (var key in (string[])["e", "d", "c", "b", "a"]) await PostAsync(items, "Key", key, "Data", "{}");
        var from = kind == "Lists" ? "1" : "b";
        var seen = new List<string>();
        for (var path = $"{items}?PageSize=3&From={from}"; path is not null;)
        {
            var page = await GetAsync(path);
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(property).ToString()));
            path = page.Json.GetProperty("meta").GetProperty("next_page_url").GetString() is { } next ? new Uri(next).PathAndQuery : null!;
        }
        string.Join(' ', seen).Should().Be(expected);
    }

    [Theory]
    [InlineData("Documents")]
    [InlineData("Lists")]
    [InlineData("Maps")]
    public async Task Permissions_are_kept_by_identity(string kind)
    {
        var permissions = await MakeAsync(kind) + "/Permissions";
        var made = await PostAsync(permissions + "/ann", "Read", "true", "Write", "false", "Manage", "false");
        (made["identity"], made["read"], made["write"]).Should().Be(("ann", "True", "False"));
        (await EachAsync(permissions, "permissions", "identity")).Should().Be("ann");
        (await DeleteAsync(permissions + "/ann")).Status.Should().Be(204);
        (await GetAsync(permissions + "/ann")).Code.Should().Be(20404);
    }
}
