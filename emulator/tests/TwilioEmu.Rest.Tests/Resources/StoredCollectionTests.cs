using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Resources;

/// <summary>Stored resources in a product's hand are those that the API shows.</summary>
public sealed class StoredCollectionTests : IAsyncDisposable
{
    private static readonly AccountSid Account = new(RestWorld.Account);

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task What_the_api_made_is_found_by_key_and_by_name()
    {
        var service = (await PostAsync("/v1/Services", ""))["sid"]!;
        var map = (await PostAsync($"/v1/Services/{service}/Maps", "UniqueName=m"))["sid"]!;
        await OnLoopAsync(stored =>
        {
            var maps = stored.Of("sync_v1", "/v1/Services/{ServiceSid}/Maps").In(Account, service);
            maps.Find(map)!["unique_name"].Should().Be("m");
            (maps.FindByAlias("m")!.Key, maps.FindCalled("m")!.Key, maps.FindCalled(map)!.Key).Should().Be((map, map, map));
            (maps.Count, maps.Contains(map), maps.Find("MP0")).Should().Be((1, true, null));
        });
    }

    [Fact]
    public async Task What_a_product_makes_changes_and_deletes_is_what_the_api_shows_and_the_journal_tells()
    {
        var service = (await PostAsync("/v1/Services", ""))["sid"]!;
        var sid = "MP" + new string('1', 32);
        var maps = Maps(_rest, service);
        await OnLoopAsync(_ => maps.Create(sid, new JsonObject { ["unique_name"] = "mine" }));
        (await GetAsync($"/v1/Services/{service}/Maps/mine"))["sid"].Should().Be(sid);
        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        await OnLoopAsync(_ => maps.Change(maps.Find(sid)!, 0, ("created_by", "somebody")));
        var changed = await GetAsync($"/v1/Services/{service}/Maps/{sid}");
        (changed["created_by"], changed["date_updated"]).Should().Be(("somebody", "2026-01-05T09:01:00Z"));
        await OnLoopAsync(_ =>
        {
            maps.Delete(sid, 0).Should().BeTrue();
            maps.Delete(sid, 0).Should().BeFalse();
        });
        (await GetAsync($"/v1/Services/{service}/Maps/{sid}")).Status.Should().Be(404);
        foreach (var kind in (string[])["sync_map.planted", "sync_map.updated", "sync_map.deleted"])
        {
            (await _rest.EntriesAsync(kind)).Should().ContainSingle();
        }
    }

    [Fact]
    public async Task Of_2010_04_01_the_account_is_the_first_parent()
    {
        var app = (await _rest.PostAsync("Applications.json", "FriendlyName", "a"))["sid"]!;
        await OnLoopAsync(
            stored => stored.Of("api_v2010", "/2010-04-01/Accounts/{AccountSid}/Applications").In(Account).Contains(app).Should().BeTrue());
    }

    [Fact]
    public async Task What_the_live_service_has_for_everybody_is_found_after_the_accounts_own() => await OnLoopAsync(stored =>
    {
        var templates = stored.Of("verify_v2", "/v2/Templates").In(Account);
        const string Everybodys = "HJ37a8eec1ce19687d132fe29051dca629";
        (templates.Find(Everybodys), templates.FindOrBuiltIn(Everybodys)!.Key, templates.FindOrBuiltIn("HJ0"))
            .Should().Be((null, Everybodys, null));
    });

    [Fact]
    public async Task An_overlay_is_handed_what_was_just_made()
    {
        Document? made = null;
        _rest.Door.Over("video_v1/CreateRoom", (request, stored) =>
        {
            var answer = stored(request);
            made = (answer as Answer.Resource)?.Kept as Document;
            return answer;
        });
        var room = await _rest.SendAsync(
            "POST", "/v1/Rooms", "UniqueName=r", "application/x-www-form-urlencoded", host: "video.twilio.com");
        made!.Key.Should().Be(room["sid"]);
    }

    [Fact]
    public async Task A_path_that_no_document_has_is_a_stray_and_one_of_no_api_or_of_other_parents_is_refused() => await OnLoopAsync(stored =>
    {
        stored.Strays.Should().BeEmpty();
        stored.Of("sync_v1", "/v1/Services/{ServiceSid}/Mops");
        stored.Strays.Should().Equal("sync_v1 /v1/Services/{ServiceSid}/Mops");
        FluentActions.Invoking(() => stored.Of("sink_v1", "/v1/Services")).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => stored.Of("sync_v1", "/v1/Services/{ServiceSid}/Maps").In(Account))
            .Should().Throw<ArgumentException>();
    });

    [Fact]
    public async Task Names_for_the_last_revision_of_a_flow_lead_to_it()
    {
        var flow = (await StudioAsync("POST", "/v2/Flows", "FriendlyName=f&Status=published&Definition={}"))["sid"];
        await StudioAsync("POST", $"/v2/Flows/{flow}", "FriendlyName=f&Status=draft&Definition={}");
        (await StudioAsync("GET", $"/v2/Flows/{flow}/Revisions/LatestRevision", null))["status"].Should().Be("draft");
        (await StudioAsync("GET", $"/v2/Flows/{flow}/Revisions/LatestPublished", null))["status"].Should().Be("published");
    }

    private static StoredList Maps(RestWorld rest, string service) =>
        rest.Door.Documents.Of("sync_v1", "/v1/Services/{ServiceSid}/Maps").In(Account, service);

    private Task OnLoopAsync(Action<StoredDocuments> act) => _rest.World.Loop.RunAsync(() => act(_rest.Door.Documents), default);

    private Task<RestAnswer> PostAsync(string path, string form) =>
        _rest.SendAsync("POST", path, form, "application/x-www-form-urlencoded", host: "sync.twilio.com");

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "sync.twilio.com");

    private Task<RestAnswer> StudioAsync(string method, string path, string? form) =>
        _rest.SendAsync(method, path, form, form is null ? null : "application/x-www-form-urlencoded", host: "studio.twilio.com");
}
