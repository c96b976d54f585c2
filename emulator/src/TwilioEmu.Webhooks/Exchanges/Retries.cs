using Polly;
using Polly.Retry;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>Tries an attempt again, at once, as often as a URL's <c>rc</c> allows and its <c>rp</c> asks.</summary>
/// <remarks>Loop-confined: Polly is told to resume on the captured context, which is the loop's.</remarks>
internal sealed class Retries(TimeProvider clock)
{
    private readonly Dictionary<int, ResiliencePipeline<WireAnswer>> _pipelines = [];

    public async Task<WireAnswer> RunAsync(int retries, Func<Task<WireAnswer>> attempt, CancellationToken cancellation)
    {
        if (retries == 0) return await attempt();
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellation);
        try
        {
            return await Pipeline(retries).ExecuteAsync(static async (_, attempt) => await attempt(), context, attempt);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<WireAnswer> Pipeline(int retries)
    {
        if (_pipelines.TryGetValue(retries, out var pipeline)) return pipeline;
        pipeline = new ResiliencePipelineBuilder<WireAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<WireAnswer>
            {
                MaxRetryAttempts = retries,
                Delay = TimeSpan.Zero,
                ShouldHandle = static args => new ValueTask<bool>(args.Outcome.Result is { IsRetriable: true }),
            })
            .Build();
        _pipelines.Add(retries, pipeline);
        return pipeline;
    }
}
