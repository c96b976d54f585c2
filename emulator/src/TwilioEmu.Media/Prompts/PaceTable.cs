using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace TwilioEmu.Media.Prompts;

/// <summary>How long the signs of each script take, in milliseconds.</summary>
/// <remarks>
/// Alphabets by the letter, from reading English aloud at about 165 words a minute, a written word having 5.9 characters, its space
/// included.
/// Syllabic scripts by the syllable, scripts without vowels by the letter and what is not written. Fitted to espeak-ng 1.51 at its own
/// rate, its
/// silence at both ends left out, over 198 prompts in 12 languages: it needs 0.57 to 1.54 of this pace, each language 0.75 to 1.09 on
/// average.
/// </remarks>
internal static class PaceTable
{
    public const int Letter = 62;
    public const int Digit = 350;
    public const int Sentence = 400;
    public const int Clause = 200;

    /// <summary>A sign that is read as a word: "dollars", "percent", "at".</summary>
    public const int Symbol = 400;

    /// <summary>A letter by its name, in an abbreviation that is spelled.</summary>
    public const int SpelledLetter = 300;

    private const int Han = 330;
    private const int Kana = 130;
    private const int Hangul = 190;
    private const int Indic = 95;
    private const int Abjad = 90;

    // Longer runs of capitals are words that somebody shouts.
    private const int MaxSpelledLength = 5;
    private const int MinVowelledWordLength = 4;

    private static readonly SearchValues<char> Symbols = SearchValues.Create("$€£¥₹%&@#+=°§/*");
    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUYÄÖÜÉÈÀÁÍÓÚ");
    private static readonly SearchValues<char> SmallKana = SearchValues.Create("ぁぃぅぇぉゃゅょゎァィゥェォャュョヮ");

    // What stands for a longer word when a full stop follows, and the letters of that word.
    private const string ShortenedWords =
        "dr 6 mr 6 mrs 6 st 6 no 6 nr 6 inc 12 ltd 7 etc 10 jr 6 sr 6 vs 6 ave 6 blvd 9 apt 9 dept 10 ext 9 "
        + "approx 13 tel 9 str 7 sra 6 hr 4";

    private static readonly FrozenDictionary<string, int> Shortened = ShortenedWords.Split(' ').Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ShortenedBySpan =
        Shortened.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsSymbol(char c) => Symbols.Contains(c) || char.IsSurrogate(c);

    /// <summary>A pause after a sentence, after a clause, or none.</summary>
    public static int PauseOf(char c) => c switch
    {
        '.' or '!' or '?' or '。' or '！' or '？' or '।' => Sentence,
        ',' or ';' or ':' or '，' or '、' or '；' or '：' => Clause,
        _ => 0,
    };

    /// <summary>True for a mark that pauses even when no space follows.</summary>
    public static bool IsWide(char c) => c is '。' or '！' or '？' or '।' or '，' or '、' or '；' or '：';

    /// <summary>One sign of any script.</summary>
    public static int Of(char c) => c switch
    {
        < '\u0300' => Letter,
        _ when IsUnspoken(CharUnicodeInfo.GetUnicodeCategory(c)) => 0,
        >= '\u3041' and <= '\u30FF' => SmallKana.Contains(c) ? 0 : Kana,
        (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') => Han,
        >= '\uAC00' and <= '\uD7AF' => Hangul,
        >= '\u0900' and <= '\u0EFF' => Indic,
        >= '\u0590' and <= '\u08FF' => Abjad,
        _ => Letter,
    };

    /// <summary>The letters of the word that an abbreviation stands for; 0 when it is none.</summary>
    public static int LettersBehind(ReadOnlySpan<char> word) => ShortenedBySpan.TryGetValue(word, out var letters) ? letters : 0;

    /// <summary>True for capitals that are spelled (IVR, USA, HTML), false for those that are read as a word (PIN, NASA).</summary>
    public static bool IsSpelled(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > MaxSpelledLength) return false;
        foreach (var c in word)
        {
            if (!char.IsUpper(c)) return false;
        }
        if (word.Length >= MinVowelledWordLength) return !word.ContainsAny(Vowels);
        return word.Length < 3 || Vowels.Contains(word[0]) || !Vowels.Contains(word[1]) || Vowels.Contains(word[2]);
    }

    private static bool IsUnspoken(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
}
