using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Tests.Channels;
using TwilioEmu.Messaging.Tests.Registrations;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Tests.Sending;

public sealed class ManyPostersTests
{
    private const int Posters = 64;
    private const int Each = 20;

    [Fact]
    public async Task Each_sender_sends_first_what_came_first_while_sixty_four_post_and_nothing_is_lost_or_doubled()
    {
        await using var house = new MessagingHouse();
        var senders = Enumerable.Range(0, 4).Select(i => $"+1415556{i:0000}").ToList();
        house.Do(() => senders.ForEach(s => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = s })));
        await Task.WhenAll(Enumerable.Range(0, Posters).Select(poster => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                (await house.Rest.PostAsync(
                    "Messages.json", "To", $"+1212555{poster:0000}", "From", senders[(poster + i) % 4], "Body", $"{poster}/{i}")).Status
                        .Should().Be(201);
            }
        })));
        await house.AdvanceAsync((Posters * Each / 4) + 10);
        var queued = await house.Rest.EntriesAsync("message.queued");
        var sent = await house.Rest.EntriesAsync("message.sent");
        (await house.Rest.EntriesAsync("message.delivered")).Select(e => e.Subject)
            .Should().OnlyHaveUniqueItems().And.HaveCount(Posters * Each);
        foreach (var sender in senders)
        {
            string[] In(List<Kernel.Journal.Entry> entries) =>
                [.. entries.Where(e => MessagingHouse.Data(e).GetProperty("from").GetString() == sender).Select(e => e.Subject)];
            In(sent).SequenceEqual(In(queued)).Should().BeTrue($"{sender} sends in the order of its queue");
            var instants = sent.Where(e => MessagingHouse.Data(e).GetProperty("from").GetString() == sender).Select(e => e.At).ToList();
            instants.Zip(instants.Skip(1), (a, b) => b - a).Distinct().Should().Equal(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Kinds_mixed_in_one_service_each_keep_their_own_rate()
    {
        await using var house = new MessagingHouse();
        const string TollFree = "+18335550100";
        house.Do(() => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = TollFree }));
        var service = await ServiceHouse.CreateAsync(house, MessagingHouse.Number, TollFree);
        for (var i = 0; i < 600; i++)
        {
            await house.Rest.PostAsync("Messages.json", "To", $"+1212555{i:0000}", "MessagingServiceSid", service, "Body", "x");
        }
        await house.AdvanceAsync(400);
        var sent = (await house.Rest.EntriesAsync("message.sent")).GroupBy(e => MessagingHouse.Data(e).GetProperty("from").GetString()!)
            .ToDictionary(g => g.Key, g => g.Select(e => (e.At - WorldOptions.StoryStart).TotalSeconds).ToList());
        (sent[MessagingHouse.Number].Count, sent[TollFree].Count).Should().Be((300, 300));
        sent[MessagingHouse.Number][^1].Should().BeApproximately(0.1 + 299, 1e-6);
        sent[TollFree][^1].Should().BeApproximately(0.1 + (299 / 3.0), 1e-6);
    }

    [Fact]
    public async Task Every_kind_of_sender_keeps_its_rate_while_all_of_them_send()
    {
        await using var house = new MessagingHouse();
        foreach (var number in (string[])["+18335550100", "12345"])
        {
            house.Do(() => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number }));
        }
        foreach (var channel in (string[])[ChannelHouse.WhatsApp, ChannelHouse.Agent]) ChannelHouse.AddSender(house, channel);
        var template = await ChannelHouse.TemplateAsync(house, approval: "approved");
        var kinds = new (string From, double Rate, Func<int, string> To, string Content, string Value)[]
        {
            (MessagingHouse.Number, 1, i => $"+1212555{i:0000}", "Body", "x"), ("+18335550100", 3, i => $"+1213555{i:0000}", "Body", "x"),
            ("12345", 100, i => $"+1214555{i:0000}", "Body", "x"),
            ("ACME", 10, i => $"+4477009{i:00000}", "Body", "x"), (ChannelHouse.WhatsApp, 80, i => $"whatsapp:+1215555{i:0000}",
                "ContentSid", template), (ChannelHouse.Agent, 100, i => $"rcs:+1216555{i:0000}", "Body", "x"),
        };
        const int Each = 1_700;
        for (var i = 0; i < Each; i++)
        {
            foreach (var kind in kinds)
            {
                (await house.Rest.PostAsync("Messages.json", "To", kind.To(i), "From", kind.From, kind.Content, kind.Value)).Status
                    .Should().Be(201);
            }
        }
        await house.AdvanceAsync(Each + 10);
        var sent = (await house.Rest.EntriesAsync("message.sent"))
            .ToLookup(e => MessagingHouse.Data(e).GetProperty("from").GetString()!, e => (e.At - WorldOptions.StoryStart).TotalSeconds);
        foreach (var kind in kinds)
        {
            var instants = sent[kind.From].ToList();
            instants.Should().HaveCount(Each, kind.From);
            instants.Select((at, i) => Math.Abs(at - 0.05 - (i / kind.Rate))).Max().Should().BeLessThan(1e-6, kind.From);
        }
    }

    [Fact]
    [Trait("slow", "seventy thousand messages")]
    public async Task Ten_thousand_of_each_kind_mixed_in_one_service_leave_at_exactly_their_rates()
    {
        const int Each = 10_000;
        const string TollFree = "+18335550100", ShortCode = "12345", Registered = "+14155550101", British = "+447700900100", Name = "ACME";
        await using var house = new MessagingHouse(world: House.UsualWorld with { MaxJournalEntries = 1_000 });
        foreach (var number in (string[])[TollFree, ShortCode, Registered, British])
        {
            house.Do(() => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number }));
        }
        // The numbers of the United States share the rate of their campaign.
        var service = await RegistrationTests.RegisterAsync(
            house, "MIXED", MessagingHouse.Number, Registered, TollFree, ShortCode, British, Name);
        foreach (var channel in (string[])[ChannelHouse.WhatsApp, ChannelHouse.Agent])
        {
            (await house.Rest.PostMessagingAsync(
                $"/v1/Services/{service}/ChannelSenders", "Sid", ChannelHouse.AddSender(house, channel))).Status.Should().Be(201);
        }
        var template = await ChannelHouse.TemplateAsync(house, approval: "approved");
        var kinds = new (Func<int, string> From, double Rate, Func<int, string> To, string Content, string Value)[]
        {
            (i => i % 2 == 0 ? MessagingHouse.Number : Registered, 225, i => $"+1212555{i:0000}", "Body", "x"),
            (_ => TollFree, 3, i => $"+1213555{i:0000}", "Body", "x"), (_ => ShortCode, 100, i => $"+1214555{i:0000}", "Body", "x"),
            (_ => British, 1, i => $"+4477008{i:00000}", "Body", "x"), (_ => Name, 10, i => $"+4477009{i:00000}", "Body", "x"),
            (_ => ChannelHouse.WhatsApp, 80, i => $"whatsapp:+1215555{i:0000}", "ContentSid", template),
            (_ => ChannelHouse.Agent, 100, i => $"rcs:+1216555{i:0000}", "Body", "x"),
        };
        var sent = kinds.Select(_ => new List<(string Sid, long At)>(Each)).ToArray();
        var kindOf = new Dictionary<string, int>();
        house.Do(() => house.Messaging.Changed += (message, entry) =>
        {
            if (message.Status == MessageStatus.Sent) sent[kindOf[message.Sid]].Add((message.Sid, entry.At.UtcTicks));
        });
        var begun = 0L;
        house.Do(() => begun = house.Rest.World.Clock.GetUtcNow().UtcTicks);
        var posted = kinds.Select(_ => new List<string>(Each)).ToArray();
        for (var i = 0; i < Each; i++)
        {
            for (var k = 0; k < kinds.Length; k++)
            {
                var taken = await house.Rest.PostAsync(
                    "Messages.json", "To", kinds[k].To(i), "MessagingServiceSid", service, "From", kinds[k].From(i), kinds[k].Content,
                    kinds[k].Value);
                taken.Status.Should().Be(201, taken.Body);
                posted[k].Add(taken["sid"]!);
                kindOf.Add(taken["sid"]!, k);
            }
        }
        await house.AdvanceAsync(Each + 10);
        for (var k = 0; k < kinds.Length; k++)
        {
            sent[k].Select(s => s.Sid).SequenceEqual(posted[k])
                .Should().BeTrue($"kind {k} leaves in its order, and nothing is lost or doubled");
            // Chosen for 50 ms, 50 ms to the carrier; then each has its turn.
            sent[k].Select(
                (s, i) => Math.Abs(s.At - begun - (TimeSpan.TicksPerSecond / 10) - (i * TimeSpan.TicksPerSecond / kinds[k].Rate))).Max()
                    .Should().BeLessThanOrEqualTo(1, $"ticks of 100 ns, kind {k}");
        }
    }

    [Fact]
    [Trait("slow", "fifty thousand messages")]
    public async Task A_campaign_of_fifty_thousand_over_a_mixed_pool_ends_when_arithmetic_says()
    {
        const int Senders = 50;
        const int Each = 1_000;
        await using var house = new MessagingHouse(world: House.UsualWorld with { MaxJournalEntries = 1_000_000 });
        var (longCodes, tollFree) = (
            Enumerable.Range(0, 40).Select(i => $"+1415556{i:0000}").ToList(),
            Enumerable.Range(0, 10).Select(i => $"+1833556{i:0000}").ToList());
        house.Do(() => longCodes.Concat(tollFree)
            .ToList().ForEach(s => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = s })));
        var service = await ServiceHouse.CreateAsync(house, [.. longCodes, .. tollFree]);
        // Areas that no sender is of, so that the load alone decides.
        for (var i = 0; i < Senders * Each; i++)
        {
            (await house.Rest.PostAsync(
                "Messages.json", "To", $"+1{212 + (i / 10_000)}555{i % 10_000:0000}", "MessagingServiceSid", service, "Body", "x")).Status
                    .Should().Be(201);
        }
        // Accepted for 50 ms, 50 ms to the carrier; a long code's thousandth leaves 999 s after its first, a toll-free number's a third of
        // that; a second to the phone.
        const double Begins = 0.1;
        const double Ends = Begins + Each - 1 + 1;
        await house.AdvanceAsync(Ends);
        var sent = (await house.Rest.EntriesAsync("message.sent"))
            .ToLookup(e => MessagingHouse.Data(e).GetProperty("from").GetString()!, e => (e.At - WorldOptions.StoryStart).TotalSeconds);
        foreach (var sender in longCodes.Concat(tollFree))
        {
            sent[sender].Should().HaveCount(Each, "the load is spread evenly");
            sent[sender].Last().Should().BeApproximately(Begins + ((Each - 1) / (tollFree.Contains(sender) ? 3.0 : 1.0)), 1e-6, sender);
        }
        var delivered = await house.Rest.EntriesAsync("message.delivered");
        delivered.Select(e => e.Subject).Should().OnlyHaveUniqueItems().And.HaveCount(Senders * Each);
        delivered.Max(e => (e.At - WorldOptions.StoryStart).TotalSeconds).Should().BeApproximately(Ends, 1e-6);
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(200, 20)]
    [InlineData(200, 3)]
    public async Task Messages_go_their_way_whatever_the_callbacks_answer(int status, int seconds)
    {
        await using var house = new MessagingHouse(messagesPerSecond: 100);
        house.App.On("/status", async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), house.Rest.World.Clock, cancellation);
            return new AppAnswer(status, null, "");
        });
        for (var i = 0; i < 20; i++) await house.PostAsync($"{i}", "StatusCallback", "http://app/status");
        await house.AdvanceAsync(120);
        house.Received().Should().Equal(Enumerable.Range(0, 20).Select(i => $"{i}"));
        house.App.Requests.GroupBy(r => r["MessageSid"]).Select(g => string.Join(",", g.Select(r => r["MessageStatus"])))
            .Should().HaveCount(20).And.OnlyContain(s => s == "sending,sent,delivered");
        (await house.Rest.World.Loop.RunAsync(() => house.Rest.World.Store.Table(Message.Table, AccountBook.DefaultSid).Count, default))
            .Should().Be(20);
    }
}
