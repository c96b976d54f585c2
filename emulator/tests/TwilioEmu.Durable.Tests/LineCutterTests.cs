using System.Text;
using TwilioEmu.Durable.Lines;

namespace TwilioEmu.Durable.Tests;

/// <summary>A stream is cut into the same lines however it comes.</summary>
public sealed class LineCutterTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("\n\na\r\nb", new[] { "", "", "a", "b" })]
    [InlineData("\uFEFFa\n\uFEFFb", new[] { "a", "\uFEFFb" })]
    public async Task Lines_are_what_stands_between_their_ends(string text, string[] lines)
    {
        for (var piece = 1; piece <= 9; piece++) (await CutAsync(text, piece)).Should().Equal(lines);
    }

    [Fact]
    public async Task Lines_of_any_length_come_whole_in_pieces_of_any_size()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 200).Select(i => new string((char)('a' + (i % 26)), random.Next(i % 10 == 0 ? 200_000 : 100))).ToList();
        foreach (var piece in (int[])[1_000, 65_536, 1 << 20]) (await CutAsync(string.Join('\n', lines), piece)).Should().Equal(lines);
    }

    [Fact]
    public async Task A_line_without_an_end_takes_no_more_memory_than_may_be()
    {
        var cutter = new LineCutter(new Endless(), maxLine: 1 << 20);
        await FluentActions.Awaiting(() => cutter.NextAsync(CancellationToken.None).AsTask()).Should().ThrowAsync<InvalidDataException>();
    }

    private static async Task<List<string>> CutAsync(string text, int piece)
    {
        await using var stream = new Pieces(Encoding.UTF8.GetBytes(text), piece);
        var (cutter, lines) = (new LineCutter(stream), new List<string>());
        while (await cutter.NextAsync(CancellationToken.None) is { } line) lines.Add(Encoding.UTF8.GetString(line.Span));
        return lines;
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }

    /// <summary>Never ends, and has no lines.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
