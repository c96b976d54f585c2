using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests;

/// <summary>Same seed, same story, same journal, byte for byte.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public async Task Same_seed_and_story_give_byte_equal_journals()
    {
        var first = await TellAsync(seed: 7, actors: 50, rounds: 20);
        var second = await TellAsync(seed: 7, actors: 50, rounds: 20);
        first.Should().Equal(second);
        first.Length.Should().BeGreaterThan(2000);
    }

    [Fact]
    public async Task Another_seed_gives_another_journal() =>
        (await TellAsync(seed: 8, actors: 5, rounds: 5)).Should().NotEqual(await TellAsync(seed: 7, actors: 5, rounds: 5));

    [Fact]
    public async Task A_thousand_actors_with_timers_keep_order_in_every_run()
    {
        var hashes = new HashSet<string>();
        for (var run = 0; run < 5; run++)
        {
            var lines = await TellAsync(seed: 1, actors: 1000, rounds: 10);
            lines.Length.Should().BeGreaterThan(20_000);
            hashes.Add(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));
        }
        hashes.Should().ContainSingle();
    }

    [Fact]
    public async Task Instants_never_go_back_and_every_cause_lies_before_its_effect()
    {
        await using var world = WorldOf.Auto();
        await PlayAsync(world, actors: 200, rounds: 10);
        await world.On(() =>
        {
            var before = WorldOptions.StoryStart;
            var seq = 0L;
            foreach (var entry in world.Journal.After(0))
            {
                entry.Seq.Should().Be(++seq);
                entry.At.Should().BeOnOrAfter(before);
                entry.Cause.Should().BeLessThan(entry.Seq);
                before = entry.At;
            }
        });
    }

    private static async Task<string[]> TellAsync(long seed, int actors, int rounds)
    {
        await using var world = WorldOf.Auto(seed);
        await PlayAsync(world, actors, rounds);
        return await world.Lines();
    }

    /// <summary>
    /// Actors wait by chance, put records, work off the loop for as long as the machine likes, and signal their neighbours.
    /// </summary>
    private static Task PlayAsync(World world, int actors, int rounds) => world.Do(async () =>
    {
        var chance = world.Chances("story");
        var signals = Enumerable.Range(0, actors).Select(_ => new Signal<long>(world.Loop)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, actors).Select(async actor =>
        {
            var cause = world.Note("actor.began", $"{actor}");
            for (var round = 0; round < rounds; round++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(1000)), world.Clock, world.Ending);
                cause = world.Store.Put(
                    Note.Table, default, new Note(world.Sids.New("SM"), $"{actor}"), new("note.put", "a test's"), cause).Seq;
                if (chance.Next(20) == 0) await world.Loop.OffLoopAsync("work", async _ => await Task.Yield(), world.Ending);
                cause = world.Note("actor.went.on", $"{actor}", cause);
            }
            signals[(actor + 1) % actors].TrySet(cause);
            world.Note("actor.ended", $"{actor}", await signals[actor].Task);
        }));
    });
}
