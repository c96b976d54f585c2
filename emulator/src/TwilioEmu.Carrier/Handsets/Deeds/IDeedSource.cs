namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <summary>Where a deed is read from: a mapping of a YAML file or a JSON body. What is wrong is told there, with its place.</summary>
public interface IDeedSource
{
    /// <summary>Text that is not empty; null when wrong.</summary>
    string? Text(string key);

    /// <summary>A number (E.164) or a SIP address; null when wrong.</summary>
    string? Party(string key);

    /// <summary>Keys of a phone: <c>0-9 A-D * # w W</c>; null when wrong.</summary>
    string? Digits(string key);

    /// <summary>Words to listen for, or a regular expression between slashes; null when wrong.</summary>
    TextPattern? Pattern(string key);

    /// <summary>A duration; null when absent or wrong.</summary>
    TimeSpan? Duration(string key);

    /// <summary>True where the key is given.</summary>
    bool Has(string key);

    /// <summary>A whole number; null when absent or wrong.</summary>
    int? Number(string key, int least, int most);

    /// <summary>Steps of a script, at least one; null when wrong.</summary>
    IReadOnlyList<ScriptStep>? Steps(string key);

    /// <summary>Branches, at least one; null when wrong.</summary>
    IReadOnlyList<ScriptBranch>? Branches(string key);

    /// <summary>True where the key says so; anything else is told.</summary>
    bool IsTrue(string key);
}

/// <summary>Where a deed is written to: an object of JSON.</summary>
public interface IDeedSink
{
    void Text(string key, string value);

    void Duration(string key, TimeSpan value);

    void True(string key);

    void Number(string key, int value);

    void Steps(string key, IReadOnlyList<ScriptStep> steps);

    void Branches(string key, IReadOnlyList<ScriptBranch> branches);
}
