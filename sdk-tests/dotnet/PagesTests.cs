using Strangers.Emulators;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Sync.V1;
using Twilio.Rest.Sync.V1.Service;

namespace Strangers;

/// <summary>Lists, page by page: twilio.com/docs/usage/twilios-response.</summary>
public sealed class PagesTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_set_walks_all_pages_and_asks_for_each_when_it_gets_there()
    {
        var (stranger, service) = await WithDocumentsAsync(120);
        var before = stranger.Seen.Count;
        var set = DocumentResource.Read(new ReadDocumentOptions(service) { PageSize = 50 }, stranger.Client);
        using var walk = set.GetEnumerator();
        var names = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            walk.MoveNext();
            names.Add(walk.Current.UniqueName);
        }
        (stranger.Seen.Count - before).Should().Be(1);
        while (walk.MoveNext()) names.Add(walk.Current.UniqueName);
        names.Should().BeEquivalentTo(Enumerable.Range(0, 120).Select(i => $"document-{i}"));
        (stranger.Seen.Count - before).Should().Be(3);
    }

    [Fact]
    public async Task A_list_stops_at_its_limit()
    {
        var (stranger, service) = await WithDocumentsAsync(30);
        var before = stranger.Seen.Count;
        // This SDK stops one behind its limit (observed with 8.2.0): what matters is that it asks for no page it does not need.
        DocumentResource.Read(new ReadDocumentOptions(service) { PageSize = 10, Limit = 15 }, stranger.Client).Count().Should().BeInRange(15, 16);
        (stranger.Seen.Count - before).Should().Be(2);
    }

    [Fact]
    public async Task Pages_of_2010_04_01_lead_on_and_back()
    {
        var stranger = await house.NewAccountAsync();
        for (var i = 0; i < 12; i++) await QueueResource.CreateAsync($"queue-{i}", client: stranger.Client);
        QueueResource.Read(new ReadQueueOptions { PageSize = 5 }, stranger.Client).Select(q => q.Sid).Distinct().Should().HaveCount(12);
        var first = QueueResource.GetPage($"https://api.twilio.com/2010-04-01/Accounts/{stranger.Sid}/Queues.json?PageSize=5", stranger.Client);
        first.HasNextPage().Should().BeTrue();
        var second = QueueResource.NextPage(first, stranger.Client);
        var third = QueueResource.NextPage(second, stranger.Client);
        new[] { first, second, third }.Select(p => p.Records.Count).Should().Equal(5, 5, 2);
        third.HasNextPage().Should().BeFalse();
        QueueResource.PreviousPage(third, stranger.Client).Records.Select(q => q.Sid).Should().Equal(second.Records.Select(q => q.Sid));
    }

    private async Task<(Stranger Stranger, string Service)> WithDocumentsAsync(int count)
    {
        var stranger = await house.NewAccountAsync();
        var service = (await ServiceResource.CreateAsync(new CreateServiceOptions(), stranger.Client)).Sid;
        for (var i = 0; i < count; i++) await DocumentResource.CreateAsync(new CreateDocumentOptions(service) { UniqueName = $"document-{i}" }, stranger.Client);
        return (stranger, service);
    }
}
