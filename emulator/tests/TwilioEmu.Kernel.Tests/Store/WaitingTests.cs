using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Store;

/// <summary>Records that wait behind many others lie packed, and nobody sees it but the collector.</summary>
public sealed class WaitingTests
{
    private const int Many = 20_000;

    private static readonly EntryKind Put = new("letter.put", "a test's");
    private static readonly EntryKind Gone = new("letter.gone", "a test's");

    [Fact]
    public async Task The_first_that_wait_are_kept_as_they_are_and_the_last_of_many_are_made_anew()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var letters = Enumerable.Range(0, Many).Select(i => new Letter(Key(i), $"to {i}", LetterState.Waiting)).ToList();
            foreach (var letter in letters) world.Store.Put(Letter.Table, default, letter, Put, 0);
            var table = world.Store.Table(Letter.Table, default);
            table.Find(Key(0)).Should().BeSameAs(letters[0]);
            table.Find(Key(Many - 1)).Should().Be(letters[^1]).And.NotBeSameAs(letters[^1]);
            table.Unsettled().Should().Equal(letters, "packed or not, they wait");
            var moving = letters[^1] with { State = LetterState.Moving };
            world.Store.Put(Letter.Table, default, moving, Put, 0);
            table.Find(Key(Many - 1)).Should().BeSameAs(moving, "something happens to it now");
        });
    }

    [Fact]
    public async Task What_waited_and_is_done_or_gone_leaves_no_room_taken()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < Many; i++) world.Store.Put(Letter.Table, default, new Letter(Key(i), "", LetterState.Waiting), Put, 0);
            var waiting = world.Store.LiveBytes;
            for (var i = 0; i < Many; i += 2) world.Store.Remove(Letter.Table, default, Key(i), Gone, 0);
            world.Store.LiveBytes.Should().Be(waiting / 2, "what waits is counted alike, packed or not");
            for (var i = 1; i < Many; i += 2)
            {
                world.Store.Put(Letter.Table, default, new Letter(Key(i), "", LetterState.Moving), Put, 0);
                world.Store.Put(Letter.Table, default, new Letter(Key(i), "", LetterState.Done), Put, 0);
            }
            world.Store.LiveBytes.Should().Be(0);
            world.Store.Table(Letter.Table, default).Unsettled().Should().BeEmpty();
            world.Store.Table(Letter.Table, default).Count.Should().Be(Many / 2);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_table_with_many_that_wait_is_as_a_plain_list_of_the_same_steps(int seed)
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var chance = new Random(seed);
            var model = new Dictionary<string, Letter>(StringComparer.Ordinal);
            for (var step = 0; step < 4 * Many; step++)
            {
                // More come than go, so that the most that are kept as they are is passed, both ways.
                var key = Key(chance.Next(step < 2 * Many ? 2 * Many : Many));
                if (chance.Next(8) == 0)
                {
                    (world.Store.Remove(Letter.Table, default, key, Gone, 0) is not null).Should().Be(model.Remove(key));
                    continue;
                }
                var state = step < 2 * Many || chance.Next(3) == 0 ? LetterState.Waiting : (LetterState)chance.Next(3);
                model[key] = new Letter(key, $"step {step}", state);
                world.Store.Put(Letter.Table, default, model[key], Put, 0);
            }
            var table = world.Store.Table(Letter.Table, default);
            var letters = model.Values.OrderBy(l => l.Key, StringComparer.Ordinal).ToList();
            InOrder(table.OldestFirst()).Should().Equal(letters);
            letters.Select(l => table.Find(l.Key)).Should().Equal(letters);
            InOrder(table.Unsettled()).Should().Equal(letters.Where(l => l.State != LetterState.Done));

            static IEnumerable<Letter> InOrder(IEnumerable<Letter> some) => some.OrderBy(l => l.Key, StringComparer.Ordinal);
        });
    }

    [Fact]
    public async Task A_record_put_again_by_a_text_it_was_found_by_is_another_once_it_was_removed()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var (table, key) = (world.Store.Table(Letter.Table, default), Key(1));
            world.Store.Put(Letter.Table, default, new Letter(key, "first", LetterState.Moving), Put, 0);
            table.Find(key)!.Text.Should().Be("first");
            world.Store.Remove(Letter.Table, default, key, Gone, 0);
            table.Find(key).Should().BeNull();
            table.Contains(key).Should().BeFalse();
            world.Store.Put(Letter.Table, default, new Letter(Key(2), "another", LetterState.Moving), Put, 0);
            table.Find(key).Should().BeNull();
            world.Store.Put(Letter.Table, default, new Letter(key, "second", LetterState.Done), Put, 0);
            table.Find(key)!.Text.Should().Be("second");
            table.NewestFirst().Select(l => l.Key).Should().Equal(key, Key(2));
        });
    }

    private static string Key(int number) => $"SM{(ulong)number * 0x9E3779B97F4A7C15:x16}{number:x16}";

    private enum LetterState
    {
        Waiting,
        Moving,
        Done,
    }

    private sealed record Letter(string Key, string Text, LetterState State) : IRecord
    {
        public static readonly TableKey<Letter> Table = new("letters", new RecordForm<Letter>(
            "letter", static (r, m) => new Letter(
                m.Text("key", r?.Key), m.Text("text", r?.Text), (LetterState)m.Number("state", (int?)r?.State))));

        public bool IsSettled => State == LetterState.Done;

        public bool IsWaiting => State == LetterState.Waiting;

        public void WriteMembers(Utf8JsonWriter json) => json.WriteString("text", Text);
    }
}
