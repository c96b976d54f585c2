using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Tests.Serialization;

/// <summary>Pieces come and go in large arrays, and what is kept is never written over.</summary>
public sealed class ByteArenaTests
{
    private const int BlockSize = 1_000;

    private readonly ByteArena _arena = new(BlockSize, mostSpare: 2);

    [Fact]
    public void Pieces_lie_one_behind_the_other_until_a_block_is_full()
    {
        (Take(600, out var first), Take(400, out var second)).Should().Be((_arena[1], _arena[1]));
        (first, second).Should().Be((0, 600));
        Take(1, out var third).Should().NotBeSameAs(_arena[1]);
        (third, _arena.ByteCount, _arena.MadeCount).Should().Be((0, 2 * BlockSize, 2));
    }

    [Fact]
    public void A_block_that_empties_while_it_is_written_to_begins_anew()
    {
        _arena.GiveBack(Take(700, out _), 700);
        Take(700, out var start).Should().BeSameAs(_arena[1]);
        (start, _arena.MadeCount).Should().Be((0, 1));
    }

    [Fact]
    public void A_block_that_empties_later_lends_its_array_to_the_next()
    {
        var first = Take(700, out _);
        Take(700, out _);
        _arena.GiveBack(first, 700);
        _arena.ByteCount.Should().Be(BlockSize);
        Take(700, out _).Bytes.Should().BeSameAs(first.Bytes);
        _arena.MadeCount.Should().Be(2);
    }

    [Fact]
    public void A_piece_longer_than_a_block_has_one_of_its_own_that_nobody_else_gets()
    {
        var long1 = Take(5 * BlockSize, out _);
        Take(10, out _);
        _arena.GiveBack(long1, 5 * BlockSize);
        _arena.ByteCount.Should().Be(BlockSize);
        Take(BlockSize, out _).Bytes.Should().HaveCount(BlockSize);
    }

    [Fact]
    public void An_empty_block_that_is_too_small_for_what_comes_is_left()
    {
        _arena.GiveBack(Take(10, out _), 10);
        Take(2 * BlockSize, out _);
        _arena.ByteCount.Should().Be(2 * BlockSize);
        Take(10, out _);
        _arena.MadeCount.Should().Be(2, "its array was lent on");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_comes_and_goes_what_is_kept_stays_as_it_was(int seed)
    {
        var random = new Random(seed);
        var kept = new List<(ByteBlock Block, int Start, byte[] Bytes)>();
        for (var i = 0; i < 20_000; i++)
        {
            if (kept.Count > 0 && random.Next(kept.Count < 50 ? 3 : 2) == 0)
            {
                var at = random.Next(kept.Count);
                var (block, start, bytes) = kept[at];
                block.Bytes.AsSpan(start, bytes.Length).SequenceEqual(bytes).Should().BeTrue();
                _arena[block.Number].Should().BeSameAs(block);
                _arena.GiveBack(block, bytes.Length);
                kept.RemoveAt(at);
                continue;
            }
            var piece = new byte[random.Next(20) == 0 ? random.Next(1, 3 * BlockSize) : random.Next(1, 200)];
            random.NextBytes(piece);
            var into = Take(piece.Length, out var from);
            piece.CopyTo(into.Bytes, from);
            kept.Add((into, from, piece));
        }
        foreach (var (block, start, bytes) in kept) block.Bytes.AsSpan(start, bytes.Length).SequenceEqual(bytes).Should().BeTrue();
        kept.Select(k => k.Block).Distinct().Sum(b => b.Bytes.Length).Should().BeInRange(
            (int)_arena.ByteCount - BlockSize, (int)_arena.ByteCount, "nothing but the block that is written to may be empty");
    }

    private ByteBlock Take(int size, out int start) => _arena.Take(size, out start);
}
