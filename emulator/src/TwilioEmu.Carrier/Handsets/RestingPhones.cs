using System.Globalization;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Phones that nothing happened to but a text, or that wait for one: a number, and where the text is remembered.</summary>
/// <remarks>
/// Loop-confined. A broadcast mentions a phone with every message. As objects they are half of what outlives a collection, and
/// all of what the next one looks through; as these they cost the collector nothing.
/// </remarks>
internal sealed class RestingPhones(PhoneMemory memory)
{
    private readonly Dictionary<ulong, Rest> _phones = [];

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

    /// <summary>A phone is here from now on; false where it was.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="mentioned">Its place in the order of mention.</param>
    public bool TryAdd(ulong number, long mentioned) => _phones.TryAdd(number, new Rest { Mentioned = mentioned });

    /// <summary>Keeps the text of a phone that is here; false where that has one already, or it cannot be packed.</summary>
    public bool TryKeep(ulong number, HandsetText text)
    {
        if (text.Packing is null || !_phones.TryGetValue(number, out var rest) || rest.Text is not null) return false;
        _phones[number] = rest with { Text = memory.Put(text) };
        return true;
    }

    /// <summary>A phone leaves; false where it is not here.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="mentioned">Its place in the order of mention.</param>
    /// <param name="text">Where what came to it is remembered, if anything.</param>
    public bool Remove(ulong number, out long mentioned, out PhoneMemory.Place? text)
    {
        var isHere = _phones.Remove(number, out var rest);
        (mentioned, text) = (rest.Mentioned, rest.Text);
        return isHere;
    }

    /// <summary>A phone leaves, and what came to it is forgotten.</summary>
    public bool Forget(ulong number) => _phones.Remove(number);

    /// <summary>All there are, in no order.</summary>
    public IEnumerable<(ulong Number, long Mentioned)> All => _phones.Select(static p => (p.Key, p.Value.Mentioned));

    /// <summary>Where what came to a phone is remembered, if anything.</summary>
    public PhoneMemory.Place? TextOf(ulong number) => _phones.TryGetValue(number, out var rest) ? rest.Text : null;

    private struct Rest
    {
        public long Mentioned;

        /// <summary>Where its text is; null for none.</summary>
        public PhoneMemory.Place? Text;
    }
}
