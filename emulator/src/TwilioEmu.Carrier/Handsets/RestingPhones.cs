using System.Globalization;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Phones that nothing happened to but a text, or that wait for one: a number, and the text as bytes in large arrays.</summary>
/// <remarks>
/// Loop-confined. A broadcast mentions a phone with every message. As objects they are half of what outlives a collection, and
/// all of what the next one looks through; as these they cost the collector nothing.
/// </remarks>
internal sealed class RestingPhones
{
    private readonly Dictionary<ulong, Rest> _phones = [];

    // Phones are forgotten in the order they came, so that blocks empty one after the other.
    private readonly ByteArena _arena = new(blockSize: 128 * 1024, mostSpare: 4);
    private readonly PackedWriter _writer = new();

    public int Count => _phones.Count;

    /// <summary>Reads a number in E.164, of which every digit counts; false for any other name of a phone.</summary>
    public static bool TryRead(string name, out ulong number)
    {
        number = 0;
        // ITU-T E.164 §6: at most 15 digits.
        if (name.Length is < 2 or > 16 || name[0] != '+' || name[1] == '0') return false;
        foreach (var digit in name.AsSpan(1))
        {
            if (!char.IsAsciiDigit(digit))
            {
                number = 0;
                return false;
            }
            number = (10 * number) + (ulong)(digit - '0');
        }
        return true;
    }

    /// <summary>The number as it is spelt.</summary>
    public static string NameOf(ulong number) => string.Create(CultureInfo.InvariantCulture, $"+{number}");

    public bool Has(ulong number) => _phones.ContainsKey(number);

    /// <summary>A phone that was not there is from now on.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="mentioned">Its place in the order of mention.</param>
    public void Add(ulong number, long mentioned) => _phones.Add(number, new Rest { Mentioned = mentioned });

    /// <summary>Keeps the text of a phone that is here; false where that has one already, or it cannot be packed.</summary>
    public bool TryKeep(ulong number, HandsetText text)
    {
        if (text.Packing is not { } form || !_phones.TryGetValue(number, out var rest) || rest.Block != 0) return false;
        _writer.Clear();
        form.Write(text, _writer);
        var block = _arena.Take(_writer.Written.Length, out var offset);
        _writer.Written.CopyTo(block.Bytes.AsSpan(offset));
        _phones[number] = rest with { Block = block.Number, Offset = offset, Size = _writer.Written.Length };
        return true;
    }

    /// <summary>A phone leaves; false where it is not here.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="mentioned">Its place in the order of mention.</param>
    /// <param name="text">What came to it, if anything.</param>
    public bool Remove(ulong number, out long mentioned, out HandsetText? text)
    {
        (mentioned, text) = (0, null);
        if (!_phones.Remove(number, out var rest)) return false;
        (mentioned, text) = (rest.Mentioned, TextOf(rest));
        Release(rest);
        return true;
    }

    /// <summary>A phone leaves, and what came to it is forgotten.</summary>
    public bool Forget(ulong number)
    {
        if (!_phones.Remove(number, out var rest)) return false;
        Release(rest);
        return true;
    }

    /// <summary>All there are, in no order.</summary>
    public IEnumerable<(ulong Number, long Mentioned)> All => _phones.Select(static p => (p.Key, p.Value.Mentioned));

    /// <summary>What came to a phone, if anything.</summary>
    public HandsetText? TextOf(ulong number) => _phones.TryGetValue(number, out var rest) ? TextOf(rest) : null;

    private HandsetText? TextOf(in Rest rest) => rest.Block == 0
        ? null
        : (HandsetText)HandsetText.Form.Read(new PackedReader(_arena[rest.Block].Bytes.AsMemory(rest.Offset, rest.Size)));

    private void Release(in Rest rest)
    {
        if (rest.Block != 0) _arena.GiveBack(_arena[rest.Block], rest.Size);
    }

    private struct Rest
    {
        public long Mentioned;

        /// <summary>Where its text is; 0 for none.</summary>
        public int Block;
        public int Offset;
        public int Size;
    }
}
