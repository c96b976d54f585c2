namespace TwilioEmu.Client.Tests.Expectations;

public sealed class ExpectationTests(EmulatorHouse house) : IClassFixture<EmulatorHouse>
{
    [Fact]
    public async Task Particulars_may_be_tested_in_every_way()
    {
        var sid = (await house.PostMessageAsync("+12125559001", "It is 21 degrees")).GetProperty("sid").GetString();
        var entry = (await house.Client.ExpectAsync(new EntryMatch
        {
            Kind = "message.*",
            Subject = sid,
            Account = house.Host.Account.Sid,
            Data = new()
            {
                ["body"] = Expected.Contains("21"),
                ["to"] = Expected.EqualTo("+12125559001"),
                ["from"] = Expected.Matches(@"^\+1415"),
                ["status"] = Expected.Says("DELIVERED"),
                ["no_such_thing"] = Expected.Absent(),
                ["num_segments"] = Expected.Between(1, 1),
                ["sid"] = Expected.Present(),
                ["direction"] = "outbound-api",
            },
        })).Single();
        entry.Kind.Should().Be("message.delivered");
        entry.At.Should().BeAfter(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        entry.ToString().Should().Contain("message.delivered").And.Contain(sid);
    }

    [Fact]
    public async Task So_many_and_no_more()
    {
        var match = new EntryMatch { Kind = "handset.received", Subject = "+12125559002" };
        for (var i = 0; i < 3; i++) await house.PostMessageAsync("+12125559002", $"{i}");
        (await house.Client.ExpectAsync(match, count: 2)).Select(e => e["body"]).Should().Equal("0", "1");
        (await house.Client.ExpectExactlyAsync(match, 3)).Should().HaveCount(3);
        var two = () => house.Client.ExpectExactlyAsync(match, 2);
        (await two.Should().ThrowAsync<ExpectationFailedException>()).Which.Found.Should().HaveCount(3);
        var four = () => house.Client.ExpectAsync(match, count: 4, within: TimeSpan.FromSeconds(30));
        (await four.Should().ThrowAsync<ExpectationFailedException>()).Which.Message.Should().Contain("expected 4 within 30s, found 3");
        await house.Client.ExpectExactlyAsync(match, 0, after: (await house.Client.JournalAsync()).LastSeq);
    }

    [Fact]
    public async Task Where_nothing_came_near_the_latest_that_happened_is_told()
    {
        await house.Client.Handset("+12125559003").TextAsync(EmulatorHouse.Number, "hello");
        var wait = () => house.Client.ExpectAsync(new EntryMatch { Kind = "call.busy", Subject = "CA1" });
        (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which.Message.Should()
            .Contain("expected 1 within 5s, found 0").And.Contain("\"kind\":\"call.busy\"").And.Contain("happened");
    }
}
