namespace TwilioEmu.Client.Tests.Journals;

public sealed class JournalFeedTests(EmulatorHouse house) : IClassFixture<EmulatorHouse>
{
    [Fact]
    public async Task The_journal_is_followed_as_it_is_written()
    {
        using var stop = new CancellationTokenSource();
        var earlier = (await house.Client.JournalAsync(new JournalQuery { Limit = 1 })).LastSeq;
        var first = await house.PostMessageAsync("+12125558001", "before");
        var query = new JournalQuery { After = earlier, Kind = "message.*", Account = house.Host.Account.Sid };
        var seen = new List<JournalEntry>();
        await foreach (var entry in house.Client.FollowJournalAsync(query, stop.Token))
        {
            seen.Add(entry);
            // What was there has come: now something happens.
            if (seen.Count == 1) await house.PostMessageAsync("+12125558001", "after");
            if (entry["body"] == "after") break;
        }
        seen.Should().Contain(e => e.Subject == first.GetProperty("sid").GetString());
        seen.Should().OnlyContain(e => e.Kind.StartsWith("message.")).And.BeInAscendingOrder(e => e.Seq);
    }

    [Fact]
    public async Task Pages_lead_to_the_end()
    {
        for (var i = 0; i < 3; i++) await house.PostMessageAsync("+12125558002", $"{i}");
        await house.Client.AdvanceAsync(TimeSpan.FromMinutes(1));
        var seqs = new List<long>();
        for (long after = 0; ;)
        {
            var page = await house.Client.JournalAsync(new JournalQuery { After = after, Limit = 7 });
            if (page.Entries.Count == 0) break;
            seqs.AddRange(page.Entries.Select(e => e.Seq));
            after = page.NextAfter;
        }
        seqs.Should().Equal(Enumerable.Range(1, seqs.Count).Select(n => (long)n));
    }
}
