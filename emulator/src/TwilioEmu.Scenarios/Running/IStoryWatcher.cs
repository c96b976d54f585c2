namespace TwilioEmu.Scenarios.Running;

/// <summary>Somebody who watches a story step by step, and may let it wait between two.</summary>
/// <remarks>Called where the story plays (in a world of its own its loop), one call at a time; steps count from 0.</remarks>
public interface IStoryWatcher
{
    /// <summary>A step is next; it begins when the task completes. The story's world stands meanwhile.</summary>
    Task BeforeAsync(int step, CancellationToken cancellation);

    /// <summary>A step is over.</summary>
    void Done(int step, bool isPassed);
}
