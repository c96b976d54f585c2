namespace TwilioEmu.Media.Programs;

/// <summary>A program of the machine that reads bytes and writes bytes: <c>lame</c>, <c>espeak-ng</c>.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IProgram
{
    /// <summary>False where it is not installed; then nothing is ever started.</summary>
    bool IsInstalled { get; }

    /// <summary>Runs it once, to its end or the limits'.</summary>
    Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation);
}

/// <summary>What became of a run.</summary>
public enum ProgramOutcome
{
    Done,
    NotInstalled,

    /// <summary>It ended with an error, or could not be started.</summary>
    Failed,

    /// <summary>It took too long, or wrote too much, and was stopped.</summary>
    Stopped,
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Output">What it wrote; empty unless done.</param>
/// <param name="Detail">For people: its last words.</param>
public sealed record ProgramResult(ProgramOutcome Outcome, byte[] Output, string Detail);
