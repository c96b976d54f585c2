namespace TwilioEmu.Twiml.Reading;

/// <summary>How messages tell where in a document something stands.</summary>
public static class TwimlPlace
{
    /// <summary><c> (line 3, column 5)</c>; nothing for line 0, which is no place.</summary>
    public static string Of(int line, int column) => line > 0 ? $" (line {line}, column {column})" : "";
}
