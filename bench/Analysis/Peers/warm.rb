# The peers' libraries without the start of a program: loads both once and goes over a repository again and again.
# usage: ruby warm.rb ROUNDS REPOSITORY FOLDER; prints one line of JSON: processor seconds of each round, each peer.
require 'json'
require 'licensee'
require 'linguist'
require 'rugged'

rounds, repository, folder = ARGV

def processor_seconds
  before = Process.times
  yield
  after = Process.times
  (after.utime + after.stime + after.cutime + after.cstime) - (before.utime + before.stime + before.cutime + before.cstime)
end

def wall_seconds
  before = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  yield
  Process.clock_gettime(Process::CLOCK_MONOTONIC) - before
end

found = { linguist: [], licensee: [], linguistWall: [], licenseeWall: [] }
rounds.to_i.times do
  found[:linguistWall] << wall_seconds do
    found[:linguist] << processor_seconds do
      opened = Rugged::Repository.new(repository)
      Linguist::Repository.new(opened, opened.head.target_id).languages
    end
  end
  found[:licenseeWall] << wall_seconds do
    found[:licensee] << processor_seconds do
      project = Licensee.project(folder)
      project.license
      project.matched_files
    end
  end
end
puts JSON.generate(found)
