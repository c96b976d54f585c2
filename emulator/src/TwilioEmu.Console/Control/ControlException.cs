namespace TwilioEmu.Console.Control;

/// <summary>Leaves a handler with an answer already made: a bad field found while reading.</summary>
internal sealed class ControlException(ControlAnswer answer) : Exception
{
    public ControlAnswer Answer { get; } = answer;
}
